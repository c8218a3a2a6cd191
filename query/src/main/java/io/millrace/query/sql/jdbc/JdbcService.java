package io.millrace.query.sql.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.query.access.Caller;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.query.sql.QueryStop;
import io.millrace.query.sql.SqlAnswer;
import io.millrace.query.sql.SqlQueries;
import io.millrace.query.sql.SqlSignature;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.JsonService;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests of drivers: connections, statements, frames of rows, and what tables there
 * are. Everything is read only and commits at once. Safe for any number of threads.
 *
 * <p>The protocol has no request that cancels; a statement or connection that is closed ends what
 * runs in it.
 */
final class JdbcService implements Service {
  private static final CommitResponse COMMITTED =
      empty("{\"response\": \"commit\"}", CommitResponse.class);
  private static final RollbackResponse ROLLED_BACK =
      empty("{\"response\": \"rollback\"}", RollbackResponse.class);

  private final SqlQueries queries;
  private final Caller caller;
  private final JdbcTurns turns;
  private final LongConsumer scanned;
  private final CallersConnections connections;
  private final AtomicInteger statements;

  /**
   * Makes what answers one caller.
   *
   * @param queries as the caller sees them
   * @param scanned is told how many cells each query has read
   * @param statements counts those of all callers
   */
  JdbcService(
      SqlQueries queries,
      Caller caller,
      JdbcTurns turns,
      LongConsumer scanned,
      CallersConnections connections,
      AtomicInteger statements) {
    this.queries = queries;
    this.caller = caller;
    this.turns = turns;
    this.scanned = scanned;
    this.connections = connections;
    this.statements = statements;
  }

  /** What says nothing and cannot be made otherwise. */
  private static <T extends Response> T empty(String json, Class<T> type) {
    try {
      return JsonService.MAPPER.readValue(json, type);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public OpenConnectionResponse apply(OpenConnectionRequest request) {
    connections.open(request.connectionId);
    return new OpenConnectionResponse();
  }

  @Override
  public CloseConnectionResponse apply(CloseConnectionRequest request) {
    connections.close(request.connectionId);
    return new CloseConnectionResponse();
  }

  @Override
  public ConnectionSyncResponse apply(ConnectionSyncRequest request) {
    return new ConnectionSyncResponse(
        connections.get(request.connectionId).with(required("connProps", request.connProps)), null);
  }

  @Override
  public CommitResponse apply(CommitRequest request) {
    connections.get(request.connectionId);
    return COMMITTED;
  }

  @Override
  public RollbackResponse apply(RollbackRequest request) {
    connections.get(request.connectionId);
    return ROLLED_BACK;
  }

  @Override
  public DatabasePropertyResponse apply(DatabasePropertyRequest request) {
    connections.get(request.connectionId);
    Map<Meta.DatabaseProperty, Object> properties = new EnumMap<>(Meta.DatabaseProperty.class);
    properties.put(Meta.DatabaseProperty.GET_DATABASE_PRODUCT_NAME, "Millrace");
    properties.put(Meta.DatabaseProperty.GET_DATABASE_PRODUCT_VERSION, version());
    properties.put(Meta.DatabaseProperty.GET_DRIVER_NAME, "Avatica");
    properties.put(Meta.DatabaseProperty.GET_NUMERIC_FUNCTIONS, "ABS,CEIL,FLOOR,MOD,POWER,SQRT");
    properties.put(
        Meta.DatabaseProperty.GET_STRING_FUNCTIONS, "LEFT,LOWER,RIGHT,SUBSTRING,TRIM,UPPER");
    properties.put(Meta.DatabaseProperty.GET_TIME_DATE_FUNCTIONS, "CURRENT_TIMESTAMP,EXTRACT");
    properties.put(Meta.DatabaseProperty.GET_SYSTEM_FUNCTIONS, "");
    properties.put(Meta.DatabaseProperty.GET_S_Q_L_KEYWORDS, "");
    return new DatabasePropertyResponse(properties, null);
  }

  private static String version() {
    String version = JdbcService.class.getPackage().getImplementationVersion();
    return version == null ? "0" : version;
  }

  @Override
  public CreateStatementResponse apply(CreateStatementRequest request) {
    JdbcStatement statement =
        connections.get(request.connectionId).open(statements.incrementAndGet(), Optional.empty());
    return new CreateStatementResponse(request.connectionId, statement.id(), null);
  }

  @Override
  public CloseStatementResponse apply(CloseStatementRequest request) {
    connections.get(request.connectionId).close(request.statementId);
    return new CloseStatementResponse();
  }

  @Override
  public PrepareResponse apply(PrepareRequest request) {
    JdbcConnection connection = connections.get(request.connectionId);
    String sql = required("sql", request.sql);
    SqlSignature signature = turns.take(caller, () -> queries.signature(sql));
    connections.requireRoom(JdbcStatement.bytesOf(sql));
    JdbcStatement statement = connection.open(statements.incrementAndGet(), Optional.of(sql));
    return new PrepareResponse(
        new Meta.StatementHandle(
            request.connectionId,
            statement.id(),
            signature(sql, signature.columns(), signature.parameters())),
        null);
  }

  @Override
  public ExecuteResponse apply(PrepareAndExecuteRequest request) {
    JdbcConnection connection = connections.get(request.connectionId);
    Optional<JdbcStatement> statement = connection.statement(request.statementId);
    if (statement.isEmpty()) {
      return missing();
    }
    var asked =
        new Asked(
            request.connectionId,
            required("sql", request.sql),
            List.of(),
            request.maxRowCount,
            request.maxRowsInFirstFrame);
    return executed(statement.get(), asked);
  }

  @Override
  public ExecuteResponse apply(ExecuteRequest request) {
    Meta.StatementHandle handle = required("statementHandle", request.statementHandle);
    JdbcConnection connection = connections.get(handle.connectionId);
    Optional<JdbcStatement> statement = connection.statement(handle.id);
    if (statement.isEmpty() || statement.get().prepared().isEmpty()) {
      return missing();
    }
    var asked =
        new Asked(
            handle.connectionId,
            statement.get().prepared().get(),
            values(request.parameterValues),
            0,
            request.maxRowCount);
    return executed(statement.get(), asked);
  }

  /** The driver prepares the statement anew. */
  private static ExecuteResponse missing() {
    return new ExecuteResponse(List.of(), true, null);
  }

  /**
   * What is to be computed.
   *
   * @param maxRows of the whole answer; no more than 0 for as many as there may be
   * @param maxRowsOfFrame of its first frame; no more than 0 for any number
   */
  private record Asked(
      String connection,
      String sql,
      List<@Nullable Object> parameters,
      long maxRows,
      int maxRowsOfFrame) {}

  private ExecuteResponse executed(JdbcStatement statement, Asked asked) {
    QueryStop stop = statement.begin();
    Optional<OpenResult> rest = Optional.empty();
    try {
      OpenResult result = OpenResult.of(answer(asked, stop));
      Meta.Frame first = result.frame(0, asked.maxRowsOfFrame());
      if (!first.done) {
        connections.requireRoom(result.bytes());
        rest = Optional.of(result);
      }
      return new ExecuteResponse(
          List.of(
              new ResultSetResponse(
                  asked.connection(),
                  statement.id(),
                  false,
                  signature(asked.sql(), result.answer().columns(), List.of()),
                  first,
                  -1,
                  null)),
          false,
          null);
    } finally {
      statement.finish(stop, rest);
    }
  }

  private SqlAnswer answer(Asked asked, QueryStop stop) {
    boolean isLimited = asked.maxRows() > 0 && asked.maxRows() <= queries.maxRows();
    int limit = isLimited ? Math.toIntExact(asked.maxRows()) : queries.maxRows();
    SqlAnswer answer =
        turns.take(caller, () -> queries.answer(asked.sql(), asked.parameters(), limit, stop));
    scanned.accept(answer.cellsScanned());
    if (answer.isTruncated() && !isLimited) {
      // JDBC cannot say that there is more.
      throw new QueryException(
          QueryErrorCode.QUERY_TOO_LARGE,
          "the answer has more than "
              + queries.maxRows()
              + " rows; add a LIMIT, or let the statement take fewer (setMaxRows)");
    }
    return answer;
  }

  /** In JSON anything may be left out. */
  private static <T> T required(String name, @Nullable T value) {
    if (value == null) {
      throw QueryException.badParameter("body", "the request has no " + name);
    }
    return value;
  }

  private static List<@Nullable Object> values(@Nullable List<TypedValue> given) {
    List<@Nullable Object> values = new ArrayList<>();
    for (TypedValue value : given == null ? List.<TypedValue>of() : given) {
      Object local = value.toLocal();
      switch (local) {
        case null -> values.add(null);
        case Boolean truth -> values.add(truth);
        case Number number -> values.add(number);
        case String text -> values.add(text);
        case Character character -> values.add(character.toString());
        default ->
            throw new QueryException(
                QueryErrorCode.INVALID_SQL,
                "parameter " + (values.size() + 1) + ": values of this type are not taken");
      }
    }
    return values;
  }

  @Override
  public FetchResponse apply(FetchRequest request) {
    JdbcConnection connection = connections.get(request.connectionId);
    Optional<JdbcStatement> statement = connection.statement(request.statementId);
    Optional<OpenResult> result = statement.flatMap(JdbcStatement::result);
    if (statement.isEmpty() || result.isEmpty()) {
      return new FetchResponse(null, statement.isEmpty(), statement.isPresent(), null);
    }
    Meta.Frame frame = result.get().frame(request.offset, request.fetchMaxRowCount);
    if (frame.done) {
      statement.get().dropResult();
    }
    return new FetchResponse(frame, false, false, null);
  }

  @Override
  public SyncResultsResponse apply(SyncResultsRequest request) {
    JdbcConnection connection = connections.get(request.connectionId);
    return new SyncResultsResponse(
        false, connection.statement(request.statementId).isEmpty(), null);
  }

  @Override
  public ExecuteBatchResponse apply(PrepareAndExecuteBatchRequest request) {
    throw readOnly();
  }

  @Override
  public ExecuteBatchResponse apply(ExecuteBatchRequest request) {
    throw readOnly();
  }

  private static QueryException readOnly() {
    return new QueryException(
        QueryErrorCode.INVALID_SQL, "there are no batches: through JDBC everything is read only");
  }

  @Override
  public ResultSetResponse apply(CatalogsRequest request) {
    return metadata(request.connectionId, JdbcMetadata::catalogs);
  }

  @Override
  public ResultSetResponse apply(SchemasRequest request) {
    return metadata(request.connectionId, JdbcMetadata::schemas);
  }

  @Override
  public ResultSetResponse apply(TableTypesRequest request) {
    return metadata(request.connectionId, JdbcMetadata::tableTypes);
  }

  @Override
  public ResultSetResponse apply(TypeInfoRequest request) {
    return metadata(request.connectionId, JdbcMetadata::typeInfo);
  }

  @Override
  public ResultSetResponse apply(TablesRequest request) {
    return metadata(request.connectionId, () -> JdbcMetadata.tables(request, queries.tables()));
  }

  @Override
  public ResultSetResponse apply(ColumnsRequest request) {
    return metadata(request.connectionId, () -> JdbcMetadata.columns(request, queries.tables()));
  }

  /** The driver makes a statement of what answers; there is none here. */
  private ResultSetResponse metadata(String connection, Supplier<SqlAnswer> asked) {
    connections.get(connection);
    SqlAnswer answer = asked.get();
    var rows = new ArrayList<Object>();
    OpenResult result = OpenResult.of(answer);
    Meta.Frame frame = result.frame(0, 0);
    while (true) {
      frame.rows.forEach(rows::add);
      if (frame.done) {
        break;
      }
      frame = result.frame(rows.size(), 0);
    }
    return new ResultSetResponse(
        connection,
        statements.incrementAndGet(),
        true,
        signature("", answer.columns(), List.of()),
        Meta.Frame.create(0, true, rows),
        -1,
        null);
  }

  private static Meta.Signature signature(
      String sql, List<SqlAnswer.Column> columns, List<SqlAnswer.Column> parameters) {
    return Meta.Signature.create(
        JdbcType.columns(columns),
        sql,
        parameters.stream().map(JdbcType::parameter).toList(),
        Meta.CursorFactory.LIST,
        Meta.StatementType.SELECT);
  }

  @Override
  public void setRpcMetadata(RpcMetadataResponse metadata) {
    throw new UnsupportedOperationException("metadata: not told");
  }
}
