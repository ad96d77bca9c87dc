package dev.cortado.compiler.frontend;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/**
 * Attributed trees: the answers of the private {@code JavacTask} that analyses the sources of this
 * compilation together with the recorded sources of layers from the class path.
 */
public interface Analysis {
  /** For types and symbols inside bodies. Belongs to the private task. */
  Trees trees();

  Elements elements();

  Types types();

  /** The class of that qualified name as the private task sees it, or null. */
  @Nullable TypeElement type(String qualifiedName);

  /**
   * The declaration of a class, method, constructor or field of the private task; null when only a
   * class file is known (the platform, {@code Ops}, a library that recorded nothing).
   */
  @Nullable TreePath declaration(Element element);

  /**
   * True for a source of the user's own compilation, false for the recorded source of a library.
   */
  boolean ofThisCompilation(CompilationUnitTree unit);

  /**
   * True when javac found this tree itself (or something in it) wrong: javac will say so, we must
   * not.
   */
  boolean isErroneous(TreePath path);
}
