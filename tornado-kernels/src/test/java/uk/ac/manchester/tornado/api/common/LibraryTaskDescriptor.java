package uk.ac.manchester.tornado.api.common;

import java.util.List;
import java.util.function.Consumer;
import uk.ac.manchester.tornado.api.fake.Kernel;

/** A test double's: a call of a library, which here carries its own code. */
public final class LibraryTaskDescriptor {
  private final Consumer<Object[]> code;
  private final Object[] parameters;
  private final Access[] access;

  public LibraryTaskDescriptor(Consumer<Object[]> code, Object[] parameters, Access[] access) {
    this.code = code;
    this.parameters = parameters.clone();
    this.access = access.clone();
  }

  /** The task in a graph. */
  public Kernel kernel(String id) {
    return Kernel.ofLibrary(id, code, List.of(parameters), List.of(access));
  }
}
