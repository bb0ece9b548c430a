package io.trakx.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.trakx.core.protocol.Bytes20;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessControlTest {
  private final Bytes20 torrent = new Bytes20();

  @Test
  void permitsAllByOpenLists() {
    AccessControl access = new AccessControl(AccessLists.OPEN);
    assertThat(access.lists().permits(torrent)).isTrue();
    assertThat(access.lists().denies(torrent)).isFalse();
  }

  @Test
  void goesByTheListsPutInForceLast() throws Exception {
    AccessControl access = new AccessControl(AccessLists.OPEN);
    AccessLists before = access.lists();
    access.replace(new AccessLists(list("gone"), null));
    assertThat(access.lists().permits(torrent)).isFalse();
    assertThat(access.lists().denialReason(torrent)).isEqualTo("gone");
    assertThat(before.permits(torrent)).as("lists handed out before").isTrue();
  }

  @Test
  void bansAndListsAreReplacedWithoutOneAnother() throws Exception {
    AccessControl access = new AccessControl(new AccessLists(list("listed"), null));
    access.replaceBans(list("banned"));
    assertThat(access.lists().denialReason(torrent)).isEqualTo("listed");
    access.replaceLists(AccessLists.OPEN);
    assertThat(access.lists().permits(torrent)).isFalse();
    assertThat(access.lists().denialReason(torrent)).isEqualTo("banned");
    access.replaceLists(new AccessLists(list(""), list("")));
    assertThat(access.lists().denialReason(torrent)).isEqualTo("banned");
    access.replaceBans(InfoHashList.EMPTY);
    assertThat(access.lists().denies(torrent)).isTrue();
    access.replaceLists(AccessLists.OPEN);
    assertThat(access.lists().permits(torrent)).isTrue();
  }

  @Test
  void permitsNothingByAnEmptyAllowList() {
    AccessLists lists = new AccessLists(InfoHashList.EMPTY, InfoHashList.EMPTY);
    assertThat(lists.permits(torrent)).isFalse();
    assertThat(lists.denies(torrent)).isFalse();
  }

  @Test
  void deniesWhatIsAllowedToo() throws Exception {
    assertThat(new AccessLists(InfoHashList.EMPTY, list("")).permits(torrent)).isTrue();
    assertThat(new AccessLists(list(""), list("")).permits(torrent)).isFalse();
  }

  private InfoHashList list(String reason) throws InvalidListException {
    return InfoHashList.parse(List.of(torrent + " " + reason));
  }
}
