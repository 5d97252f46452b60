package mutirao.server.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import mutirao.core.account.AccountRole;
import mutirao.protocol.ErrorCode;
import mutirao.server.access.Permissions;
import mutirao.server.access.Permissions.Action;
import mutirao.server.story.Story;
import mutirao.server.story.StoryRunner;
import mutirao.server.story.Witness;
import mutirao.server.story.wire.GatewayWire;
import mutirao.server.story.wire.Wire;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The tables of docs/security.md against the code, and every role with every frame against the
 * tables: the page is what the server does (SEC-02).
 */
class SecurityDocTest {
  private static final Document PAGE = new Document("security.md");
  private static final String ROLE_AND_ACTION = "<!-- checked: role and action -->";
  private static final String FRAME_AND_ACTION = "<!-- checked: frame and action -->";

  @Test
  void theTableOfRolesIsTheCode() {
    List<List<String>> table = PAGE.tableAfter(ROLE_AND_ACTION);
    List<AccountRole> roles = table.getFirst().stream().skip(1).map(SecurityDocTest::role).toList();
    assertEquals(List.of(AccountRole.values()), roles);
    List<List<String>> real = new ArrayList<>();
    for (Action action : Action.values()) {
      List<String> row = new ArrayList<>(List.of(action.title()));
      roles.forEach(role -> row.add(Permissions.of(role).contains(action) ? "✓" : ""));
      real.add(row);
    }
    assertEquals(real, table.stream().skip(1).toList());
  }

  @Test
  void everyFrameIsInTheTable() {
    assertEquals(
        new Document("protocol.md")
            .tableAfter("<!-- checked: client frames -->").stream()
                .skip(1)
                .map(row -> Document.plain(row.getFirst()))
                .sorted()
                .toList(),
        List.copyOf(actions().keySet()));
  }

  /** Every role says every frame; what is forbidden is what the page says. */
  @TestFactory
  Stream<DynamicTest> everyRoleWithEveryFrame() {
    return Arrays.stream(AccountRole.values())
        .flatMap(
            role ->
                actions().entrySet().stream()
                    .flatMap(
                        row ->
                            variants(row.getKey(), row.getValue()).entrySet().stream()
                                .map(
                                    variant ->
                                        DynamicTest.dynamicTest(
                                            role + " " + variant.getKey(),
                                            () ->
                                                tries(
                                                    role, variant.getKey(), variant.getValue())))));
  }

  private static void tries(AccountRole role, String frame, String action) {
    boolean may = allowed(role, action);
    String said = answer(role, frame);
    boolean forbidden = said.contains("\"code\":\"" + ErrorCode.FORBIDDEN.wireName() + "\"");
    assertEquals(may, !forbidden, role + " sent " + frame + " and heard " + said);
  }

  private static boolean allowed(AccountRole role, String action) {
    List<List<String>> table = PAGE.tableAfter(ROLE_AND_ACTION);
    List<String> row =
        table.stream().filter(each -> each.getFirst().equals(action)).findFirst().orElseThrow();
    return row.get(1 + role.ordinal()).equals("✓");
  }

  /** Frames of a type, each with the action that the page names for it. */
  private static Map<String, String> variants(String type, String action) {
    return switch (type) {
      case "register" ->
          Map.of(
              "{\"type\":\"register\",\"token\":\"$token\"}",
              "register",
              "{\"type\":\"register\",\"token\":\"$token\",\"role\":\"worker\",\"operations\":[\"x\"]}",
              "register as worker");
      case "query" ->
          Map.of(
              "{\"type\":\"query\",\"task\":\"11\"}",
              "see tasks",
              "{\"type\":\"query\",\"task\":\"11\",\"any\":true}",
              "administer");
      case "search" ->
          Map.of(
              "{\"type\":\"search\"}", "read", "{\"type\":\"search\",\"any\":true}", "administer");
      case "cluster" ->
          Map.of(
              "{\"type\":\"cluster\"}",
              "look",
              "{\"type\":\"cluster\",\"action\":\"transfer\",\"node\":\"node-9\"}",
              "administer");
      case "account" ->
          Map.of(
              "{\"type\":\"account\"}",
              "administer",
              "{\"type\":\"account\",\"action\":\"audit\"}",
              "administer",
              "{\"type\":\"account\",\"action\":\"add_token\",\"user\":\"ana\"}",
              "administer",
              "{\"type\":\"account\",\"action\":\"remove_user\",\"user\":\"nobody\"}",
              "administer",
              "{\"type\":\"account\",\"action\":\"revoke_token\",\"token\":\"none\"}",
              "administer",
              "{\"type\":\"account\",\"action\":\"add_user\",\"user\":\"z\",\"account_role\":\"admin\"}",
              "administer");
      default -> Map.of(ShortestFrames.of(type), action);
    };
  }

  /** What a user with this role hears; who reports has to be there as a worker. */
  private static String answer(AccountRole role, String frame) {
    boolean registers = frame.contains("\"register\"");
    boolean reports =
        Stream.of("done", "failed", "progress", "drain")
            .anyMatch(type -> frame.startsWith("{\"type\":\"" + type + "\""));
    boolean worker = role == AccountRole.WORKER || (role == AccountRole.ADMIN && reports);
    if (reports && !worker) {
      // Their own table refuses them before anybody asks for a role.
      return "\"code\":\"forbidden\"";
    }
    Story story =
        Story.parse(
            role + " sends " + frame,
            List.of(
                "ana registers",
                "ana > {\"type\":\"account\",\"action\":\"add_user\",\"user\":\"ana\","
                    + "\"account_role\":\"admin\",\"password\":\"obras-2026\"}",
                "ana < {\"type\":\"accounts\",...}",
                "ana < {\"type\":\"bye\",...}",
                "ana < closed",
                "adm connects",
                "adm > {\"type\":\"register\",\"username\":\"ana\",\"password\":\"obras-2026\","
                    + "\"presence\":false}",
                "adm < {\"type\":\"registered\",...}",
                "adm >"
                    + " {\"type\":\"account\",\"action\":\"add_user\",\"user\":\"u\",\"account_role\":\""
                    + role.name().toLowerCase(Locale.ROOT)
                    + "\"}",
                "adm < {\"type\":\"accounts\",...}"));
    try (Wire wire = new GatewayWire(story.setting().config(), false)) {
      StoryRunner.run(story, wire, Witness.NOBODY);
      wire.send("adm", line("{\"type\":\"account\",\"action\":\"add_token\",\"user\":\"u\"}"));
      String token = wire.next("adm").replaceAll(".*\"secret\":\"([^\"]*)\".*", "$1");
      wire.connect("u");
      if (!registers) {
        wire.send(
            "u",
            line(
                "{\"type\":\"register\",\"presence\":false,\"token\":\""
                    + token
                    + "\",\"role\":\""
                    + (worker ? "worker\",\"operations\":[\"x\"]" : "client\"")
                    + "}"));
        String registered = wire.next("u");
        if (!registered.contains("\"registered\"")) {
          throw new AssertionError(registered);
        }
      }
      wire.send("u", line(frame.replace("$token", token)));
      return wire.next("u");
    }
  }

  private static byte[] line(String frame) {
    return (frame + "\n").getBytes(UTF_8);
  }

  private static Map<String, String> actions() {
    Map<String, String> actions = new TreeMap<>();
    PAGE.tableAfter(FRAME_AND_ACTION).stream()
        .skip(1)
        .forEach(row -> actions.put(Document.plain(row.get(0)), row.get(1)));
    return actions;
  }

  private static AccountRole role(String title) {
    return AccountRole.valueOf(title.toUpperCase(Locale.ROOT));
  }
}
