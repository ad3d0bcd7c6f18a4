package software.amazon.custom.dmscrossaccounts3endpoint.local.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A picture made of few kinds of things. What they look like is the style sheet's affair.
 *
 * @param id what the page calls it; the only one of that name
 * @param title what it shows
 * @param description the same in words, for those who can't see it
 */
public record Drawing(
    String id,
    String title,
    String description,
    double width,
    double height,
    List<Line> lines,
    List<Box> boxes,
    List<Dot> dots,
    List<Label> labels) {

  /** A straight line. */
  public record Line(double x1, double y1, double x2, double y2, String style) {}

  /** A rectangle, with what is to be told of it. */
  public record Box(double x, double y, double width, double height, String style, String title) {}

  /** A round mark, with what is to be told of it. */
  public record Dot(double x, double y, double radius, String style, String title) {}

  /**
   * A text.
   *
   * @param style one that says where the text is anchored, too
   */
  public record Label(double x, double y, String style, String text) {}

  /** Collects what is drawn. */
  static final class Canvas {
    private final List<Line> lines = new ArrayList<>();
    private final List<Box> boxes = new ArrayList<>();
    private final List<Dot> dots = new ArrayList<>();
    private final List<Label> labels = new ArrayList<>();

    void line(double x1, double y1, double x2, double y2, String style) {
      lines.add(new Line(x1, y1, x2, y2, style));
    }

    void box(double x, double y, double width, double height, String style, String title) {
      boxes.add(new Box(x, y, width, height, style, title));
    }

    void dot(double x, double y, double radius, String style, String title) {
      dots.add(new Dot(x, y, radius, style, title));
    }

    void label(double x, double y, String style, String text) {
      labels.add(new Label(x, y, style, text));
    }

    /** Grid lines and the seconds below them. */
    void axis(TimeScale scale, double top, double bottom) {
      for (var tick : scale.ticks()) {
        var x = scale.x(scale.from().plusSeconds(tick));
        line(x, top, x, bottom, "grid");
        label(x, bottom + 14, "tick", tick + " s");
      }
    }

    Drawing drawing(String id, String title, String description, double width, double height) {
      return new Drawing(
          id,
          title,
          description,
          width,
          height,
          List.copyOf(lines),
          List.copyOf(boxes),
          List.copyOf(dots),
          List.copyOf(labels));
    }
  }
}
