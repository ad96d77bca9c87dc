package dev.cortado.benchmarks.model;

import static dev.cortado.Ops.scan;
import static dev.cortado.Ops.softmaxCrossEntropy;

import dev.cortado.Labels;
import dev.cortado.Tensor;
import dev.cortado.annotation.Model;
import dev.cortado.annotation.Shape;
import dev.cortado.nn.Dense;

/** W5: digits of 28×28 pixels, read row by row. */
@Model
public class RowLstm {
  final LstmCell cell = new LstmCell(28, 128);
  final Dense output = new Dense(128, 10);

  Tensor forward(@Shape("N, 28, 28") Tensor rows) {
    return output.apply(scan(cell::apply, cell.start(rows.size(0)), rows, 1).h());
  }

  Tensor loss(Tensor logits, @Shape("N") Labels digit) {
    return softmaxCrossEntropy(logits, digit);
  }
}
