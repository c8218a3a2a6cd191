package io.millrace.server.cells;

import io.millrace.model.codec.Decoded;
import io.millrace.model.instance.InstanceDirectory.Member;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Instances that answer from memory, with the bytes that they would send, or not at all. */
final class FakeRemoteCells implements RemoteCells {
  final Map<String, FakeOwnCells> instances = new HashMap<>();
  final Map<String, CopyLags> lags = new HashMap<>();
  final Set<String> dead = new HashSet<>();
  final Set<String> busy = new HashSet<>();
  final Map<String, Integer> tornAfter = new HashMap<>();
  final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  @Override
  public Answer ask(Member member, CellRequest request) throws IOException {
    String instance = member.instance();
    asked.add(instance);
    if (dead.contains(instance)) {
      throw new IOException("refused");
    }
    if (busy.contains(instance)) {
      throw new BusyException("too many are asking");
    }
    if (!(CellRequest.parse(request.toBytes()) instanceof Decoded.Value<CellRequest>(var same))) {
      throw new IOException("the request cannot be read");
    }
    var out = new ByteArrayOutputStream();
    new CellAnswer(
            instances.get(instance),
            lags.getOrDefault(instance, new CopyLags())::lag,
            Long.MAX_VALUE)
        .write(same, new FrameWriter(out));
    byte[] whole = out.toByteArray();
    int length = tornAfter.getOrDefault(instance, whole.length);
    var frames = new FrameReader(new ByteArrayInputStream(Arrays.copyOf(whole, length)));
    return new Answer() {
      @Override
      public CellFrame next() throws IOException {
        return frames.next();
      }

      @Override
      public void close() {}
    };
  }
}
