package dev.cortado.benchmarks.measure;

import dev.cortado.benchmarks.workload.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler;

/**
 * The ratios as bars, as powers of two: one group a row, above 0 where Cortado is faster; none
 * where nothing was measured.
 */
public final class Plot {
  private Plot() {}

  /** Writes a PNG. */
  public static void write(List<Row> rows, Path file) throws IOException {
    List<String> names = rows.stream().map(Row::workload).distinct().toList();
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(1000)
            .height(460)
            .title("Cortado against its peers: above 0, Cortado is faster")
            .yAxisTitle("doublings of speed")
            .theme(Styler.ChartTheme.GGPlot2)
            .build();
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
    boolean any = series(chart, "training / PyTorch", rows, names, Mode.TRAIN, "PyTorch");
    any |= series(chart, "batch 1 / ONNX Runtime", rows, names, Mode.LATENCY, "ONNX Runtime");
    any |= series(chart, "batch / ONNX Runtime", rows, names, Mode.BATCH, "ONNX Runtime");
    if (any) {
      BitmapEncoder.saveBitmap(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
    }
  }

  private static boolean series(
      CategoryChart chart,
      String title,
      List<Row> rows,
      List<String> names,
      Mode mode,
      String peer) {
    double[] ratios = new double[names.size()];
    boolean any = false;
    for (int i = 0; i < ratios.length; i++) {
      for (Row row : rows) {
        if (row.mode() == mode
            && row.workload().equals(names.get(i))
            && row.peers().contains(peer)) {
          ratios[i] = Math.log(row.ratio(peer).median()) / Math.log(2);
          any = true;
        }
      }
    }
    if (any) {
      chart.addSeries(title, names, Arrays.stream(ratios).boxed().toList());
    }
    return any;
  }
}
