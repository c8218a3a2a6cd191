package io.millrace.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;

/**
 * The folder everything of one local Millrace lives in, held by one process at a time: two brokers
 * on one folder destroy its data.
 *
 * <p>Safe for use by several threads.
 */
public final class DataFolder implements AutoCloseable {

  private static final String LOCK_FILE = "millrace.lock";

  /**
   * The process that works on a folder.
   *
   * @param pid its process id
   * @param url where its service answers, once it does
   */
  public record Owner(long pid, Optional<String> url) {}

  private final Path path;
  private final ProcessLock lock;

  private DataFolder(Path path, ProcessLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes the folder when it is missing, and holds it until closed or until this process ends.
   *
   * @throws ServerException {@link ServerError#DATA_FOLDER_BUSY} when another process, or this one,
   *     holds it already, {@link ServerError#DATA_FOLDER_UNUSABLE} when it cannot be made or
   *     written
   */
  public static DataFolder open(Path folder) {
    Path path = folder.toAbsolutePath().normalize();
    try {
      OwnerFolder.make(path);
      return ProcessLock.tryAcquire(path.resolve(LOCK_FILE))
          .map(lock -> new DataFolder(path, lock))
          .orElseThrow(() -> busy(path));
    } catch (IOException | UncheckedIOException problem) {
      throw new ServerException(
          ServerError.DATA_FOLDER_UNUSABLE,
          "Cannot use the data folder %s: %s. Name a folder that you may write to."
              .formatted(path, problem.getMessage()),
          problem);
    }
  }

  /** The process that works on the folder now, if one does. */
  public static Optional<Owner> ownerOf(Path folder) {
    return ProcessLock.holder(folder.resolve(LOCK_FILE)).map(DataFolder::owner);
  }

  /**
   * Whether its lock file was written by the user of this process; what others write there says
   * where they want to be asked.
   */
  public static boolean isOfThisUser(Path folder) {
    try {
      return Files.getOwner(folder.resolve(LOCK_FILE)).equals(user());
    } catch (IOException | UnsupportedOperationException missing) {
      return false;
    }
  }

  private static UserPrincipal user() throws IOException {
    return FileSystems.getDefault()
        .getUserPrincipalLookupService()
        .lookupPrincipalByName(System.getProperty("user.name"));
  }

  /** The folder's absolute path. */
  public Path path() {
    return path;
  }

  /** Tells other processes where the service that works on this folder answers. */
  public void publish(String url) {
    lock.note(url);
  }

  @Override
  public void close() {
    lock.close();
  }

  private static Owner owner(ProcessLock.Holder holder) {
    return new Owner(
        holder.pid(), holder.note().isEmpty() ? Optional.empty() : Optional.of(holder.note()));
  }

  private static ServerException busy(Path path) {
    Optional<Owner> owner = ownerOf(path);
    String who =
        owner
            .map(
                found ->
                    "process "
                        + found.pid()
                        + found.url().map(url -> ", which serves " + url).orElse(""))
            .orElse("a process that is just ending");
    String next =
        owner
            .map(
                found ->
                    "Use that one, stop it (kill %d), or name another folder."
                        .formatted(found.pid()))
            .orElse("Try again.");
    return new ServerException(
        ServerError.DATA_FOLDER_BUSY,
        "The data folder %s is in use by %s. %s".formatted(path, who, next));
  }
}
