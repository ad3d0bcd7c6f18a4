package software.amazon.custom.dmscrossaccounts3endpoint.local.aws.stacks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Reads CloudFormation templates for a local AWS, which can't. */
@FunctionalInterface
public interface TemplateReader {

  /**
   * A resource as it is declared in one stack.
   *
   * @param properties with all functions resolved; a reference to another resource of the template
   *     is the text <code>LogicalId.Ref</code>
   */
  record Declared(String logicalId, String type, ObjectNode properties) {}

  /**
   * The resources of a template in one account and Region, those before others that refer to them.
   *
   * @throws IllegalArgumentException where CloudFormation refuses template or parameters
   */
  List<Declared> read(
      String template, String account, String region, Map<String, String> parameters);
}
