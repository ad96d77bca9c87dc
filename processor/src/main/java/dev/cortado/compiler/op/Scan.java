package dev.cortado.compiler.op;

import dev.cortado.compiler.graph.Graph;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Poly;
import java.util.List;

/**
 * A recurrence: one loop in the graph, never unrolled. The node's inputs are the initial states,
 * then the sequences (the scan dimension first: {@code [length, …]}), then the captured values; its
 * results are the last states, then the stacked outputs ({@code [length, …]}). Its gradient is
 * another scan, the other way.
 *
 * <p>(Being completed: shape rule, gradient and lowering; the lowering is {@code Lowering.Leaf},
 * and the planner turns the node into a loop over the planned body.)
 *
 * @param body its leaves are {@code Input}s of role BODY: states, then slices, then captured
 * @param next the next state for each state, values of the body
 * @param stacked values of the body that are stacked over the steps
 * @param reverse last step first
 */
public record Scan(
    Graph body,
    int states,
    int sequences,
    List<Value> next,
    List<Value> stacked,
    Poly length,
    boolean reverse) {}
