package dev.dovetail.contract.chinook;

/** The tables by PostgreSQL's names, their keys, and how many rows release 1.4.5 has. */
enum ChinookTable {
    ALBUM("album", "album_id", 347, Chinook.Album.class),
    ARTIST("artist", "artist_id", 275, Chinook.Artist.class),
    CUSTOMER("customer", "customer_id", 59, Chinook.Customer.class),
    EMPLOYEE("employee", "employee_id", 8, Chinook.Employee.class),
    GENRE("genre", "genre_id", 25, Chinook.Genre.class),
    INVOICE("invoice", "invoice_id", 412, Chinook.Invoice.class),
    INVOICE_LINE("invoice_line", "invoice_line_id", 2240, Chinook.InvoiceLine.class),
    MEDIA_TYPE("media_type", "media_type_id", 5, Chinook.MediaType.class),
    PLAYLIST("playlist", "playlist_id", 18, Chinook.Playlist.class),
    PLAYLIST_TRACK("playlist_track", "playlist_id, track_id", 8715, Chinook.PlaylistTrack.class),
    TRACK("track", "track_id", 3503, Chinook.Track.class);

    final String table;
    final String key;
    final int rows;
    final Class<?> entity;

    ChinookTable(String table, String key, int rows, Class<?> entity) {
        this.table = table;
        this.key = key;
        this.rows = rows;
        this.entity = entity;
    }
}
