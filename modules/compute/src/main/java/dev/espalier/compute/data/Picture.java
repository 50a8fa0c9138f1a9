package dev.espalier.compute.data;

/**
 * The values of one picture, each from 0 to 255, as they lie among the bytes that hold them. Nobody
 * may change those bytes.
 */
public final class Picture {
  private final byte[] bytes;
  private final int start;
  private final Layout layout;
  private final int channels;
  private final int rows;
  private final int columns;

  private Picture(byte[] bytes, int start, Layout layout, int channels, int rows, int columns) {
    this.bytes = bytes;
    this.start = start;
    this.layout = layout;
    this.channels = channels;
    this.rows = rows;
    this.columns = columns;
  }

  /**
   * How many bytes it is from a value to another; 0 when both are the same.
   *
   * @param channel to the next channel
   * @param row to the next row
   * @param column to the next column
   */
  public record Layout(int channel, int row, int column) {}

  /**
   * A picture whose planes, each by rows from the top, begin at {@code start}, one after the other.
   */
  static Picture planes(byte[] bytes, int start, int channels, int rows, int columns) {
    Layout layout = new Layout(rows * columns, columns, 1);
    return new Picture(bytes, start, layout, channels, rows, columns);
  }

  /** A colour picture by rows from the top, {@code layout} saying where its values lie. */
  static Picture colour(byte[] bytes, int start, Layout layout, int rows, int columns) {
    return new Picture(bytes, start, layout, 3, rows, columns);
  }

  /** The number of channels. */
  public int channels() {
    return channels;
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** The number of columns. */
  public int columns() {
    return columns;
  }

  /** One value, 0 to 255. */
  public int value(int channel, int row, int column) {
    return bytes[at(channel, row) + column * layout.column()] & 0xFF;
  }

  /** What holds the values, for whoever reads many of them. */
  public byte[] bytes() {
    return bytes;
  }

  /** How the values lie in {@link #bytes}. */
  public Layout layout() {
    return layout;
  }

  /** Where the first value of a channel's row lies in {@link #bytes}. */
  public int at(int channel, int row) {
    return start + channel * layout.channel() + row * layout.row();
  }

  @Override
  public String toString() {
    return "picture of " + channels + " channels, " + rows + " rows, " + columns + " columns";
  }
}
