package io.millrace.query.sql.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.query.access.Caller;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.query.sql.SqlQueries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.apache.calcite.avatica.AvaticaSeverity;
import org.apache.calcite.avatica.remote.JsonService;
import org.apache.calcite.avatica.remote.ProtobufTranslation;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;

/**
 * The protocol of Avatica as bytes: requests in JSON or protobuf, each answered in its own kind.
 * Safe for any number of threads.
 *
 * <p>Neither kind makes objects of classes that a request names, but for the requests themselves.
 */
public final class JdbcMessages {
  private static final int JSON = '{';
  private static final int NUMBERED_FROM = 1_000;

  /** The driver cannot read an error that does not name a server. */
  private static final Service.RpcMetadataResponse SERVER =
      new Service.RpcMetadataResponse("millrace");

  private final SqlQueries queries;
  private final JdbcTurns turns;
  private final LongConsumer scanned;
  private final JdbcConnections connections;
  private final AtomicInteger statements = new AtomicInteger();
  private final ProtobufTranslation protobuf = new ProtobufTranslationImpl();

  /**
   * Makes what answers drivers.
   *
   * @param scanned is told how many cells each query has read
   */
  public JdbcMessages(
      SqlQueries queries, JdbcTurns turns, LongConsumer scanned, InstantSource clock) {
    this.queries = queries;
    this.turns = turns;
    this.scanned = scanned;
    connections = new JdbcConnections(clock);
  }

  /**
   * An answer as bytes.
   *
   * @param error what the answer says that went wrong
   */
  public record Reply(byte[] bytes, boolean isJson, Optional<QueryErrorCode> error) {}

  /**
   * Answers a request, also where it fails.
   *
   * @param caller who asks, and sees no other sites and connections than their own
   * @param inWords makes of a failure what may be told
   */
  public Reply reply(
      byte[] request, Caller caller, Function<RuntimeException, QueryException> inWords) {
    var service =
        new JdbcService(
            queries.seenBy(caller.sites()),
            caller,
            turns,
            scanned,
            new CallersConnections(connections, caller.id()),
            statements);
    boolean isJson = request.length > 0 && request[0] == JSON;
    try {
      return new Reply(bytes(answer(request, isJson, service), isJson), isJson, Optional.empty());
    } catch (JdbcConnections.NoConnectionException missing) {
      return new Reply(
          bytes(error(missing), isJson), isJson, Optional.of(QueryErrorCode.NOT_FOUND));
    } catch (RuntimeException failure) {
      QueryException told = inWords.apply(failure);
      return new Reply(bytes(error(told), isJson), isJson, Optional.of(told.code()));
    }
  }

  private Service.Response answer(byte[] request, boolean isJson, Service service) {
    Service.Request parsed;
    try {
      parsed =
          isJson
              ? JsonService.MAPPER.readValue(request, Service.Request.class)
              : protobuf.parseRequest(request);
    } catch (IOException | RuntimeException malformed) {
      throw QueryException.badParameter("body", "the body is no request of Avatica");
    }
    if (parsed == null) {
      throw QueryException.badParameter("body", "the body is no request of Avatica");
    }
    return answer(parsed, service);
  }

  /** Requests know this too, but not for other packages. */
  private static Service.Response answer(Service.Request request, Service service) {
    return switch (request) {
      case Service.OpenConnectionRequest asked -> service.apply(asked);
      case Service.CloseConnectionRequest asked -> service.apply(asked);
      case Service.ConnectionSyncRequest asked -> service.apply(asked);
      case Service.DatabasePropertyRequest asked -> service.apply(asked);
      case Service.CreateStatementRequest asked -> service.apply(asked);
      case Service.CloseStatementRequest asked -> service.apply(asked);
      case Service.PrepareRequest asked -> service.apply(asked);
      case Service.PrepareAndExecuteRequest asked -> service.apply(asked);
      case Service.ExecuteRequest asked -> service.apply(asked);
      case Service.FetchRequest asked -> service.apply(asked);
      case Service.SyncResultsRequest asked -> service.apply(asked);
      case Service.CatalogsRequest asked -> service.apply(asked);
      case Service.SchemasRequest asked -> service.apply(asked);
      case Service.TableTypesRequest asked -> service.apply(asked);
      case Service.TypeInfoRequest asked -> service.apply(asked);
      case Service.TablesRequest asked -> service.apply(asked);
      case Service.ColumnsRequest asked -> service.apply(asked);
      case Service.CommitRequest asked -> service.apply(asked);
      case Service.RollbackRequest asked -> service.apply(asked);
      case Service.PrepareAndExecuteBatchRequest asked -> service.apply(asked);
      case Service.ExecuteBatchRequest asked -> service.apply(asked);
      default -> throw QueryException.badParameter("body", "no such request is known");
    };
  }

  private byte[] bytes(Service.Response response, boolean isJson) {
    try {
      return isJson
          ? JsonService.MAPPER.writeValueAsBytes(response)
          : protobuf.serializeResponse(response);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("an answer is no JSON", impossible);
    } catch (IOException impossible) {
      throw new UncheckedIOException("an answer cannot be written", impossible);
    }
  }

  private static Service.Response error(QueryException refused) {
    String place =
        refused
            .position()
            .map(position -> "line " + position.line() + ", column " + position.column() + ": ")
            .orElse("");
    return new Service.ErrorResponse(
        List.of(),
        place + refused.getMessage(),
        NUMBERED_FROM + refused.code().ordinal(),
        state(refused.code()),
        AvaticaSeverity.ERROR,
        SERVER);
  }

  /** The driver opens its connection anew and asks again. */
  private static Service.Response error(JdbcConnections.NoConnectionException missing) {
    return new Service.ErrorResponse(
        List.of(),
        String.valueOf(missing.getMessage()),
        Service.ErrorResponse.MISSING_CONNECTION_ERROR_CODE,
        "08003",
        AvaticaSeverity.ERROR,
        SERVER);
  }

  /** The SQLState of an error, as PostgreSQL has them. */
  static String state(QueryErrorCode code) {
    return switch (code) {
      case INVALID_SQL -> "42000";
      case UNKNOWN_PARAMETER, MISSING_PARAMETER, BAD_PARAMETER -> "08P01";
      case UNKNOWN_VIEW, UNKNOWN_SITE, NOT_FOUND -> "42P01";
      case METHOD_NOT_ALLOWED -> "0A000";
      case QUERY_TOO_LARGE -> "54000";
      case CANCELLED -> "57014";
      case VIEW_EXISTS -> "42P07";
      case NOT_KEPT, VIEW_NOT_READY -> "55000";
      case TOO_BUSY -> "53300";
      case CELLS_UNAVAILABLE, DEFINITIONS_UNAVAILABLE -> "57P03";
      case INTERNAL -> "XX000";
      case UNAUTHENTICATED -> "28000";
      case FORBIDDEN -> "42501";
      case TOO_MANY_REQUESTS -> "53300";
    };
  }
}
