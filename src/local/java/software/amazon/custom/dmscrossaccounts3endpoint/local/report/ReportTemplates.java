package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes a report as text. The templates are in {@code report/} of the resources; they are {@code
 * .ftlh}, in which FreeMarker escapes all that is inserted.
 */
final class ReportTemplates {
  /** What no XML may hold, escaped or not (XML 1.0, 2.2), and no HTML page should. */
  private static final Pattern NO_TEXT =
      Pattern.compile(
          "[^\\t\\n\\r\\x20-\\x7E\\x85\\xA0-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

  private static final Configuration ENGINE = engine();

  private ReportTemplates() {}

  private static Configuration engine() {
    var engine = new Configuration(Configuration.VERSION_2_3_34);
    engine.setClassLoaderForTemplateLoading(ReportTemplates.class.getClassLoader(), "report");
    engine.setDefaultEncoding("UTF-8");
    engine.setLocale(Locale.ROOT);
    engine.setNumberFormat("0.#");
    engine.setBooleanFormat("c");
    engine.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    engine.setLogTemplateExceptions(false);
    engine.setWrapUncheckedExceptions(true);
    return engine;
  }

  /** The page: HTML that needs nothing but itself. */
  static String html(RunReport report) {
    var model = model(report);
    report
        .readyTimes()
        .ifPresent(
            times -> {
              model.put("ready", times);
              model.put("histogram", ReadyHistogram.of("histogram", times));
            });
    return text("report.ftlh", model);
  }

  /** The timeline alone: an SVG picture. */
  static String svg(RunReport report) {
    var model = model(report);
    model.put("heading", heading(report));
    return text("timeline.ftlh", model);
  }

  private static String heading(RunReport report) {
    return String.join(
        ", ",
        report.facts().title(),
        report
            .readyTimes()
            .map(times -> "ready after " + Seconds.of(times.median()) + " s")
            .orElse("not ready"),
        Words.many(report.events(), "event"),
        Words.many(report.calls().size(), "call"),
        report.ending().held() ? "every step held" : "a step did not hold");
  }

  private static Map<String, Object> model(RunReport report) {
    var model = new HashMap<String, Object>();
    model.put("report", report);
    model.put("legend", Legend.of("legend", report));
    model.put("timelines", Timelines.of(report));
    return model;
  }

  private static String text(String template, Map<String, Object> model) {
    var text = new StringWriter();
    try {
      ENGINE.getTemplate(template).process(model, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (TemplateException e) {
      throw new IllegalStateException(
          "The template " + template + " is wrong: " + e.getMessage(), e);
    }
    return NO_TEXT.matcher(text.toString()).replaceAll("\uFFFD");
  }
}
