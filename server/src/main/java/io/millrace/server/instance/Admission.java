package io.millrace.server.instance;

import io.millrace.model.control.TokenDirectory;
import io.millrace.query.access.Access;
import io.millrace.server.security.LoginService;
import io.millrace.server.security.SecurityConfig;
import io.millrace.server.security.TokenAccess;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Who is let in, and where they show what they bring.
 *
 * @param login the page for people; empty where everybody is let in
 */
record Admission(Access access, Optional<LoginService> login) {

  static Admission of(InstanceConfig config, TokenDirectory tokens) {
    SecurityConfig security = config.security();
    if (!security.asksForTokens()) {
      return new Admission(Access.OPEN, Optional.empty());
    }
    boolean isEncrypted = security.transport().isEncrypted();
    var access =
        new TokenAccess(
            tokens,
            security.adminToken(),
            isEncrypted,
            config.collector().trustedProxies(),
            InstantSource.system());
    return new Admission(access, Optional.of(new LoginService(access, isEncrypted)));
  }
}
