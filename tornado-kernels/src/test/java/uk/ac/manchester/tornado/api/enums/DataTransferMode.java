package uk.ac.manchester.tornado.api.enums;

/** A test double's: when arrays are copied. */
public final class DataTransferMode {
  public static final int FIRST_EXECUTION = 0;
  public static final int EVERY_EXECUTION = 1;
  public static final int UNDER_DEMAND = 2;

  private DataTransferMode() {}
}
