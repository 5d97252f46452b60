package mutirao.cli.tasks;

import java.util.ArrayList;
import java.util.List;
import mutirao.protocol.ServerFrame.WorkerView;

/** What the TAB key offers of the workers. */
final class WorkerChoices {
  private WorkerChoices() {}

  /** The word for any of them, and their names. */
  static List<String> names(List<WorkerView> workers, String any) {
    List<String> names = new ArrayList<>(List.of(any));
    workers.forEach(worker -> names.add(worker.name()));
    return names;
  }

  /** What this worker, or any of them, can do. */
  static List<String> operations(List<WorkerView> workers, String name, String any) {
    return workers.stream()
        .filter(worker -> name.equalsIgnoreCase(any) || worker.name().equalsIgnoreCase(name))
        .flatMap(worker -> worker.operations().stream())
        .distinct()
        .sorted()
        .toList();
  }
}
