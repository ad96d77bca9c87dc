package dev.cortado.examples;

import dev.cortado.Batch;
import dev.cortado.TrainingSession;
import dev.cortado.data.Batches;
import dev.cortado.data.Dataset;
import dev.cortado.data.ImageGrid;
import dev.cortado.train.Adam;
import dev.cortado.train.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Two networks in one loop written by hand: a {@link Generator} learns to draw digits that a {@link
 * Discriminator} takes for written ones (Goodfellow et al., 2014). {@code Gan [folder [epochs]]}.
 */
public final class Gan {
  private static final int BATCH = 64;
  private static final int NOISE = 16;
  private static final int PIXELS = 64;
  private static final int SHOWN = 40;

  private final GeneratorNetwork generator = GeneratorNetwork.create(1);
  private final DiscriminatorNetwork discriminator = DiscriminatorNetwork.create(2);
  private final Optimizer drawing = new Adam(1e-3f).betas(0.5, 0.999);
  private final Optimizer judging = new Adam(5e-4f).betas(0.5, 0.999);
  private final TrainingSession pen = generator.session(BATCH);
  private final TrainingSession judge = discriminator.session(BATCH);
  private final SplittableRandom random = new SplittableRandom(3);
  private final float[] written = new float[BATCH];
  private final float[] made = new float[BATCH];

  private Gan() {
    // Not quite 1, so that the judge does not become too sure.
    Arrays.fill(written, 0.9f);
    judge.wantInputGradients(true);
  }

  /** Draws a picture of made digits; the folder is {@code target/gan} without an argument. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args.length > 0 ? args[0] : "target/gan");
    int epochs = args.length > 1 ? Integer.parseInt(args[1]) : 300;
    Files.createDirectories(folder);
    Path picture = folder.resolve("made.png");
    new Gan().run(DigitsData.load(), epochs, picture);
    System.out.println("picture: " + picture);
  }

  private void run(Dataset digits, int epochs, Path picture) {
    for (int epoch = 1; epoch <= epochs; epoch++) {
      double judged = 0;
      double fooled = 0;
      Batches batches = Batches.of(digits, BATCH).shuffle(1);
      for (Batch real : batches.epoch(epoch)) {
        judged += judge(real);
        fooled += draw(real.size());
      }
      if (epoch % Math.max(1, epochs / 10) == 0) {
        System.out.printf(
            Locale.ROOT,
            "epoch %d  discriminator's loss %.3f  generator's loss %.3f%n",
            epoch,
            judged / batches.count(),
            fooled / batches.count());
      }
    }
    show(picture);
  }

  /** One step of the discriminator: on written digits, and on as many that are made. */
  private double judge(Batch real) {
    int n = real.size();
    Batch isReal = new Batch(n, real.inputs(), List.of(written));
    float loss = discriminator.step(isReal, judging);
    pen.predict(noise(n));
    return loss + discriminator.step(new Batch(n, List.of(pen.output(0)), List.of(made)), judging);
  }

  /**
   * One step of the generator: how the pictures would have to change to be taken for written is the
   * gradient of its output.
   */
  private double draw(int n) {
    Batch noise = noise(n);
    pen.predict(noise);
    float loss =
        judge.train(new Batch(n, List.of(pen.output(0)), List.of(written)), 0, judging.updates());
    pen.backward(noise, new float[][] {judge.inputGradient(0)}, 0, drawing.updates());
    drawing.apply(generator, pen.gradients());
    return loss;
  }

  private Batch noise(int n) {
    float[] values = new float[n * NOISE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Batch(n, List.of(values), List.of());
  }

  private void show(Path picture) {
    pen.predict(noise(SHOWN));
    ImageGrid grid = new ImageGrid(1, 8, 8, 10);
    for (int i = 0; i < SHOWN; i++) {
      grid.add(pen.output(0), i * PIXELS, "");
    }
    grid.write(picture);
  }
}
