package software.amazon.custom.dmscrossaccounts3endpoint.local.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A Java source as the compiler parses it, without the classes that it names. */
final class ParsedSource {

  private final CompilationUnitTree tree;

  /** Fails where the text is not Java. */
  ParsedSource(String text) {
    var said = new DiagnosticCollector<JavaFileObject>();
    var file =
        new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
          }
        };
    var task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, said, List.of("-proc:none"), null, List.of(file));
    try {
      tree = task.parse().iterator().next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(said.getDiagnostics()).isEmpty();
  }

  /** The text literals of each method, by the method's name. */
  Map<String, Set<String>> literalsOfMethods() {
    var found = new LinkedHashMap<String, Set<String>>();
    tree.accept(
        new TreeScanner<Void, Void>() {
          @Override
          public Void visitMethod(MethodTree method, Void unused) {
            found
                .computeIfAbsent(method.getName().toString(), name -> new LinkedHashSet<>())
                .addAll(literalsIn(method));
            return null;
          }
        },
        null);
    return found;
  }

  /** All text literals. */
  List<String> literals() {
    return literalsIn(tree);
  }

  private static List<String> literalsIn(Tree part) {
    var found = new ArrayList<String>();
    part.accept(
        new TreeScanner<Void, Void>() {
          @Override
          public Void visitLiteral(LiteralTree literal, Void unused) {
            if (literal.getValue() instanceof String text) {
              found.add(text);
            }
            return null;
          }
        },
        null);
    return found;
  }
}
