package io.headrace.simulation.disk;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileLock;

/** A lock on a range of a file; valid until it is released, its channel closes, or a crash. */
final class SimulatedLock extends FileLock {

  private final SimulatedChannel channel;
  private volatile boolean released;

  SimulatedLock(SimulatedChannel channel, long position, long size, boolean shared) {
    super(channel, position, size, shared);
    this.channel = channel;
  }

  @Override
  public boolean isValid() {
    return !released && channel.isAlive();
  }

  @Override
  public void release() throws IOException {
    if (!channel.isOpen()) {
      throw new ClosedChannelException();
    }
    released = true;
  }
}
