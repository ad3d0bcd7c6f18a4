package software.amazon.custom.dmscrossaccounts3endpoint.local.run;

/** A system property that has another value for a while. */
public final class SystemProperty implements AutoCloseable {
  private final String name;
  private final String before;

  private SystemProperty(String name, String before) {
    this.name = name;
    this.before = before;
  }

  /** Sets a property until this is closed. */
  public static SystemProperty set(String name, String value) {
    return new SystemProperty(name, System.setProperty(name, value));
  }

  @Override
  public void close() {
    if (before == null) {
      System.clearProperty(name);
    } else {
      System.setProperty(name, before);
    }
  }
}
