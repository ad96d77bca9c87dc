package dev.cortado.compiler.frontend.signature;

import dev.cortado.compiler.frontend.report.Problem;
import java.util.List;

/** One thing that must hold of a model's declarations, in a class of its own named after it. */
interface ModelRule {
  /** What is wrong, or nothing. Types that javac could not resolve are javac's to report. */
  List<Problem> check(ModelClass model);
}
