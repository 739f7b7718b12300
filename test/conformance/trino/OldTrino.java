import com.fasterxml.jackson.databind.ObjectMapper;
import io.trino.Session;
import io.trino.metadata.SessionPropertyManager;
import io.trino.spi.QueryId;
import io.trino.spi.security.Identity;
import io.trino.spi.type.TimeZoneKey;
import io.trino.testing.LocalQueryRunner;
import io.trino.testing.MaterializedRow;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Runs statements whose relations are VALUES: one in Base64 on each line of input, its rows or its error as JSON on each line of output. */
public final class OldTrino {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] arguments) throws Exception {
    Identity identity = Identity.ofUser("flowlog");
    Session session = Session.builder(new SessionPropertyManager())
        .setQueryId(QueryId.valueOf("flowlog"))
        .setIdentity(identity)
        .setTimeZoneKey(TimeZoneKey.UTC_KEY)
        .build();
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    try (LocalQueryRunner runner = LocalQueryRunner.create(session)) {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        String statement = new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8);
        System.out.println(JSON.writeValueAsString(answer(runner, statement)));
      }
    }
  }

  private static Map<String, Object> answer(LocalQueryRunner runner, String statement) {
    try {
      List<MaterializedRow> rows = runner.execute(statement).getMaterializedRows();
      return Map.of("rows", rows.stream().map(OldTrino::texts).toList());
    } catch (RuntimeException error) {
      return Map.of("error", String.valueOf(error.getMessage()));
    }
  }

  private static List<String> texts(MaterializedRow row) {
    return row.getFields().stream().map(field -> field == null ? null : field.toString()).toList();
  }
}
