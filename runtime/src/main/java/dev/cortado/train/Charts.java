package dev.cortado.train;

import dev.cortado.io.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The classes of XChart are named here only. */
final class Charts {
  private Charts() {}

  static void history(History history, Path file) {
    List<XYChart> charts = new ArrayList<>();
    charts.add(chart(history, "Loss", "loss", "validation loss"));
    if (Arrays.stream(history.values("accuracy")).anyMatch(Double::isFinite)) {
      XYChart accuracy = chart(history, "Accuracy", "accuracy", "validation accuracy");
      accuracy.getStyler().setLegendPosition(LegendPosition.InsideSE);
      charts.add(accuracy);
    }
    write(charts, file);
  }

  static void learningRates(double[] rates, double[] losses, Path file) {
    XYChart chart = empty("Loss by learning rate", "learning rate", "loss");
    chart.getStyler().setXAxisLogarithmic(true).setLegendVisible(false);
    chart.addSeries("loss", rates, losses).setMarker(SeriesMarkers.NONE);
    write(List.of(chart), file);
  }

  private static XYChart chart(History history, String title, String... names) {
    XYChart chart = empty(title, "epoch", names[0]);
    for (String name : names) {
      List<Integer> epochs = new ArrayList<>();
      List<Double> values = new ArrayList<>();
      for (EpochResult epoch : history.epochs()) {
        if (Double.isFinite(epoch.value(name))) {
          epochs.add(epoch.epoch());
          values.add(epoch.value(name));
        }
      }
      if (!values.isEmpty()) {
        chart.addSeries(name, epochs, values).setMarker(SeriesMarkers.CIRCLE);
      }
    }
    return chart;
  }

  private static XYChart empty(String title, String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(720)
            .height(480)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
    return chart;
  }

  private static void write(List<XYChart> charts, Path file) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      if (charts.size() == 1) {
        BitmapEncoder.saveBitmap(charts.getFirst(), png, BitmapFormat.PNG);
      } else {
        BitmapEncoder.saveBitmap(charts, 1, charts.size(), png, BitmapFormat.PNG);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    AtomicFile.write(file, png.toByteArray());
  }
}
