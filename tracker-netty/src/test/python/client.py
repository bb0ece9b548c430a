"""A BitTorrent client made of libtorrent: seeds or fetches one torrent until it is interrupted.

    client.py TORRENT DIRECTORY

Its tracker is its only way to find others. It scrapes the tracker once it has been answered, and
tells it when it leaves. What libtorrent has to say goes to standard output.
"""

import signal
import sys

import libtorrent

LEAVE_SECONDS = 10


def main(torrent, directory):
    leaving = []
    signal.signal(signal.SIGINT, lambda number, frame: leaving.append(number))
    session = libtorrent.session({
        "listen_interfaces": "0.0.0.0:6881,[::]:6881",
        "enable_dht": False,
        "enable_lsd": False,
        "enable_upnp": False,
        "enable_natpmp": False,
        "alert_mask": libtorrent.alert.category_t.tracker_notification
        | libtorrent.alert.category_t.status_notification
        | libtorrent.alert.category_t.error_notification,
    })
    handle = session.add_torrent({
        "ti": libtorrent.torrent_info(torrent),
        "save_path": directory,
    })
    scraped = False
    while not leaving:
        for alert in alerts(session):
            if isinstance(alert, libtorrent.tracker_reply_alert) and not scraped:
                scraped = True
                handle.scrape_tracker()
    handle.pause()
    for _ in range(LEAVE_SECONDS):
        if any(isinstance(alert, libtorrent.tracker_reply_alert) for alert in alerts(session)):
            return


def alerts(session):
    """Waits a second at most, and returns what has happened."""
    session.wait_for_alert(1000)
    happened = session.pop_alerts()
    for alert in happened:
        print(type(alert).__name__, alert.message(), flush=True)
    return happened


main(*sys.argv[1:])
