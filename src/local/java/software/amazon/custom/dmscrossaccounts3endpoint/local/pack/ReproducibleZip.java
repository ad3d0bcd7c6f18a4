package software.amazon.custom.dmscrossaccounts3endpoint.local.pack;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip file whose bytes follow from names and contents alone: one time for every entry, whatever
 * the clock and the time zone, and neither owners nor permissions.
 */
final class ReproducibleZip implements Closeable {
  private final ZipOutputStream zip;
  private final LocalDateTime time;
  private final int method;

  private ReproducibleZip(OutputStream out, LocalDateTime time, int method) {
    this.zip = new ZipOutputStream(out);
    this.time = time;
    this.method = method;
  }

  /** A zip file without compression, like that of {@code cfn submit}. */
  static ReproducibleZip stored(OutputStream out, LocalDateTime time) {
    return new ReproducibleZip(out, time, ZipEntry.STORED);
  }

  /** A zip file with compression. */
  static ReproducibleZip deflated(OutputStream out, LocalDateTime time) {
    return new ReproducibleZip(out, time, ZipEntry.DEFLATED);
  }

  /** Adds an entry; one whose name ends in {@code /} is a folder and has no content. */
  void add(String name, byte[] content) throws IOException {
    var entry = new ZipEntry(name);
    // setTime would go through the time zone and, for some times, add a field in UTC.
    entry.setTimeLocal(time);
    entry.setMethod(method);
    if (method == ZipEntry.STORED) {
      var crc = new CRC32();
      crc.update(content);
      entry.setSize(content.length);
      entry.setCrc(crc.getValue());
    }
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
