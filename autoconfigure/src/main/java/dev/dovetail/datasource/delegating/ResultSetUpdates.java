package dev.dovetail.datasource.delegating;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import org.jspecify.annotations.Nullable;

/** The part of a delegating result set that writes through it. */
public abstract class ResultSetUpdates implements ResultSet {
    /** The result set behind this one. */
    protected final ResultSet delegate;

    ResultSetUpdates(ResultSet delegate) {
        this.delegate = delegate;
    }

    @Override
    public void updateArray(String columnLabel, @Nullable Array value) throws SQLException {
        delegate.updateArray(columnLabel, value);
    }

    @Override
    public void updateArray(int columnIndex, @Nullable Array value) throws SQLException {
        delegate.updateArray(columnIndex, value);
    }

    @Override
    public void updateAsciiStream(String columnLabel, @Nullable InputStream value, int length) throws SQLException {
        delegate.updateAsciiStream(columnLabel, value, length);
    }

    @Override
    public void updateAsciiStream(String columnLabel, @Nullable InputStream value, long length) throws SQLException {
        delegate.updateAsciiStream(columnLabel, value, length);
    }

    @Override
    public void updateAsciiStream(String columnLabel, @Nullable InputStream value) throws SQLException {
        delegate.updateAsciiStream(columnLabel, value);
    }

    @Override
    public void updateAsciiStream(int columnIndex, @Nullable InputStream value, int length) throws SQLException {
        delegate.updateAsciiStream(columnIndex, value, length);
    }

    @Override
    public void updateAsciiStream(int columnIndex, @Nullable InputStream value, long length) throws SQLException {
        delegate.updateAsciiStream(columnIndex, value, length);
    }

    @Override
    public void updateAsciiStream(int columnIndex, @Nullable InputStream value) throws SQLException {
        delegate.updateAsciiStream(columnIndex, value);
    }

    @Override
    public void updateBigDecimal(String columnLabel, @Nullable BigDecimal value) throws SQLException {
        delegate.updateBigDecimal(columnLabel, value);
    }

    @Override
    public void updateBigDecimal(int columnIndex, @Nullable BigDecimal value) throws SQLException {
        delegate.updateBigDecimal(columnIndex, value);
    }

    @Override
    public void updateBinaryStream(String columnLabel, @Nullable InputStream value, int length) throws SQLException {
        delegate.updateBinaryStream(columnLabel, value, length);
    }

    @Override
    public void updateBinaryStream(String columnLabel, @Nullable InputStream value, long length) throws SQLException {
        delegate.updateBinaryStream(columnLabel, value, length);
    }

    @Override
    public void updateBinaryStream(String columnLabel, @Nullable InputStream value) throws SQLException {
        delegate.updateBinaryStream(columnLabel, value);
    }

    @Override
    public void updateBinaryStream(int columnIndex, @Nullable InputStream value, int length) throws SQLException {
        delegate.updateBinaryStream(columnIndex, value, length);
    }

    @Override
    public void updateBinaryStream(int columnIndex, @Nullable InputStream value, long length) throws SQLException {
        delegate.updateBinaryStream(columnIndex, value, length);
    }

    @Override
    public void updateBinaryStream(int columnIndex, @Nullable InputStream value) throws SQLException {
        delegate.updateBinaryStream(columnIndex, value);
    }

    @Override
    public void updateBlob(String columnLabel, @Nullable InputStream value, long length) throws SQLException {
        delegate.updateBlob(columnLabel, value, length);
    }

    @Override
    public void updateBlob(String columnLabel, @Nullable InputStream value) throws SQLException {
        delegate.updateBlob(columnLabel, value);
    }

    @Override
    public void updateBlob(String columnLabel, @Nullable Blob value) throws SQLException {
        delegate.updateBlob(columnLabel, value);
    }

    @Override
    public void updateBlob(int columnIndex, @Nullable InputStream value, long length) throws SQLException {
        delegate.updateBlob(columnIndex, value, length);
    }

    @Override
    public void updateBlob(int columnIndex, @Nullable InputStream value) throws SQLException {
        delegate.updateBlob(columnIndex, value);
    }

    @Override
    public void updateBlob(int columnIndex, @Nullable Blob value) throws SQLException {
        delegate.updateBlob(columnIndex, value);
    }

    @Override
    public void updateBoolean(String columnLabel, boolean value) throws SQLException {
        delegate.updateBoolean(columnLabel, value);
    }

    @Override
    public void updateBoolean(int columnIndex, boolean value) throws SQLException {
        delegate.updateBoolean(columnIndex, value);
    }

    @Override
    public void updateByte(String columnLabel, byte value) throws SQLException {
        delegate.updateByte(columnLabel, value);
    }

    @Override
    public void updateByte(int columnIndex, byte value) throws SQLException {
        delegate.updateByte(columnIndex, value);
    }

    @Override
    public void updateBytes(String columnLabel, byte @Nullable [] value) throws SQLException {
        delegate.updateBytes(columnLabel, value);
    }

    @Override
    public void updateBytes(int columnIndex, byte @Nullable [] value) throws SQLException {
        delegate.updateBytes(columnIndex, value);
    }

    @Override
    public void updateCharacterStream(String columnLabel, @Nullable Reader value, int length) throws SQLException {
        delegate.updateCharacterStream(columnLabel, value, length);
    }

    @Override
    public void updateCharacterStream(String columnLabel, @Nullable Reader value, long length) throws SQLException {
        delegate.updateCharacterStream(columnLabel, value, length);
    }

    @Override
    public void updateCharacterStream(String columnLabel, @Nullable Reader value) throws SQLException {
        delegate.updateCharacterStream(columnLabel, value);
    }

    @Override
    public void updateCharacterStream(int columnIndex, @Nullable Reader value, int length) throws SQLException {
        delegate.updateCharacterStream(columnIndex, value, length);
    }

    @Override
    public void updateCharacterStream(int columnIndex, @Nullable Reader value, long length) throws SQLException {
        delegate.updateCharacterStream(columnIndex, value, length);
    }

    @Override
    public void updateCharacterStream(int columnIndex, @Nullable Reader value) throws SQLException {
        delegate.updateCharacterStream(columnIndex, value);
    }

    @Override
    public void updateClob(String columnLabel, @Nullable Reader value, long length) throws SQLException {
        delegate.updateClob(columnLabel, value, length);
    }

    @Override
    public void updateClob(String columnLabel, @Nullable Reader value) throws SQLException {
        delegate.updateClob(columnLabel, value);
    }

    @Override
    public void updateClob(String columnLabel, @Nullable Clob value) throws SQLException {
        delegate.updateClob(columnLabel, value);
    }

    @Override
    public void updateClob(int columnIndex, @Nullable Reader value, long length) throws SQLException {
        delegate.updateClob(columnIndex, value, length);
    }

    @Override
    public void updateClob(int columnIndex, @Nullable Reader value) throws SQLException {
        delegate.updateClob(columnIndex, value);
    }

    @Override
    public void updateClob(int columnIndex, @Nullable Clob value) throws SQLException {
        delegate.updateClob(columnIndex, value);
    }

    @Override
    public void updateDate(String columnLabel, @Nullable Date value) throws SQLException {
        delegate.updateDate(columnLabel, value);
    }

    @Override
    public void updateDate(int columnIndex, @Nullable Date value) throws SQLException {
        delegate.updateDate(columnIndex, value);
    }

    @Override
    public void updateDouble(String columnLabel, double value) throws SQLException {
        delegate.updateDouble(columnLabel, value);
    }

    @Override
    public void updateDouble(int columnIndex, double value) throws SQLException {
        delegate.updateDouble(columnIndex, value);
    }

    @Override
    public void updateFloat(String columnLabel, float value) throws SQLException {
        delegate.updateFloat(columnLabel, value);
    }

    @Override
    public void updateFloat(int columnIndex, float value) throws SQLException {
        delegate.updateFloat(columnIndex, value);
    }

    @Override
    public void updateInt(String columnLabel, int value) throws SQLException {
        delegate.updateInt(columnLabel, value);
    }

    @Override
    public void updateInt(int columnIndex, int value) throws SQLException {
        delegate.updateInt(columnIndex, value);
    }

    @Override
    public void updateLong(String columnLabel, long value) throws SQLException {
        delegate.updateLong(columnLabel, value);
    }

    @Override
    public void updateLong(int columnIndex, long value) throws SQLException {
        delegate.updateLong(columnIndex, value);
    }

    @Override
    public void updateNCharacterStream(String columnLabel, @Nullable Reader value, long length) throws SQLException {
        delegate.updateNCharacterStream(columnLabel, value, length);
    }

    @Override
    public void updateNCharacterStream(String columnLabel, @Nullable Reader value) throws SQLException {
        delegate.updateNCharacterStream(columnLabel, value);
    }

    @Override
    public void updateNCharacterStream(int columnIndex, @Nullable Reader value, long length) throws SQLException {
        delegate.updateNCharacterStream(columnIndex, value, length);
    }

    @Override
    public void updateNCharacterStream(int columnIndex, @Nullable Reader value) throws SQLException {
        delegate.updateNCharacterStream(columnIndex, value);
    }

    @Override
    public void updateNClob(String columnLabel, @Nullable Reader value, long length) throws SQLException {
        delegate.updateNClob(columnLabel, value, length);
    }

    @Override
    public void updateNClob(String columnLabel, @Nullable Reader value) throws SQLException {
        delegate.updateNClob(columnLabel, value);
    }

    @Override
    public void updateNClob(String columnLabel, @Nullable NClob value) throws SQLException {
        delegate.updateNClob(columnLabel, value);
    }

    @Override
    public void updateNClob(int columnIndex, @Nullable Reader value, long length) throws SQLException {
        delegate.updateNClob(columnIndex, value, length);
    }

    @Override
    public void updateNClob(int columnIndex, @Nullable Reader value) throws SQLException {
        delegate.updateNClob(columnIndex, value);
    }

    @Override
    public void updateNClob(int columnIndex, @Nullable NClob value) throws SQLException {
        delegate.updateNClob(columnIndex, value);
    }

    @Override
    public void updateNString(String columnLabel, @Nullable String value) throws SQLException {
        delegate.updateNString(columnLabel, value);
    }

    @Override
    public void updateNString(int columnIndex, @Nullable String value) throws SQLException {
        delegate.updateNString(columnIndex, value);
    }

    @Override
    public void updateNull(String columnLabel) throws SQLException {
        delegate.updateNull(columnLabel);
    }

    @Override
    public void updateNull(int columnIndex) throws SQLException {
        delegate.updateNull(columnIndex);
    }

    @Override
    public void updateObject(String columnLabel, @Nullable Object value, int scaleOrLength) throws SQLException {
        delegate.updateObject(columnLabel, value, scaleOrLength);
    }

    @Override
    public void updateObject(String columnLabel, @Nullable Object value, SQLType targetType, int scaleOrLength)
            throws SQLException {
        delegate.updateObject(columnLabel, value, targetType, scaleOrLength);
    }

    @Override
    public void updateObject(String columnLabel, @Nullable Object value, SQLType targetType) throws SQLException {
        delegate.updateObject(columnLabel, value, targetType);
    }

    @Override
    public void updateObject(String columnLabel, @Nullable Object value) throws SQLException {
        delegate.updateObject(columnLabel, value);
    }

    @Override
    public void updateObject(int columnIndex, @Nullable Object value, int scaleOrLength) throws SQLException {
        delegate.updateObject(columnIndex, value, scaleOrLength);
    }

    @Override
    public void updateObject(int columnIndex, @Nullable Object value, SQLType targetType, int scaleOrLength)
            throws SQLException {
        delegate.updateObject(columnIndex, value, targetType, scaleOrLength);
    }

    @Override
    public void updateObject(int columnIndex, @Nullable Object value, SQLType targetType) throws SQLException {
        delegate.updateObject(columnIndex, value, targetType);
    }

    @Override
    public void updateObject(int columnIndex, @Nullable Object value) throws SQLException {
        delegate.updateObject(columnIndex, value);
    }

    @Override
    public void updateRef(String columnLabel, @Nullable Ref value) throws SQLException {
        delegate.updateRef(columnLabel, value);
    }

    @Override
    public void updateRef(int columnIndex, @Nullable Ref value) throws SQLException {
        delegate.updateRef(columnIndex, value);
    }

    @Override
    public void updateRow() throws SQLException {
        delegate.updateRow();
    }

    @Override
    public void updateRowId(String columnLabel, @Nullable RowId value) throws SQLException {
        delegate.updateRowId(columnLabel, value);
    }

    @Override
    public void updateRowId(int columnIndex, @Nullable RowId value) throws SQLException {
        delegate.updateRowId(columnIndex, value);
    }

    @Override
    public void updateSQLXML(String columnLabel, @Nullable SQLXML value) throws SQLException {
        delegate.updateSQLXML(columnLabel, value);
    }

    @Override
    public void updateSQLXML(int columnIndex, @Nullable SQLXML value) throws SQLException {
        delegate.updateSQLXML(columnIndex, value);
    }

    @Override
    public void updateShort(String columnLabel, short value) throws SQLException {
        delegate.updateShort(columnLabel, value);
    }

    @Override
    public void updateShort(int columnIndex, short value) throws SQLException {
        delegate.updateShort(columnIndex, value);
    }

    @Override
    public void updateString(String columnLabel, @Nullable String value) throws SQLException {
        delegate.updateString(columnLabel, value);
    }

    @Override
    public void updateString(int columnIndex, @Nullable String value) throws SQLException {
        delegate.updateString(columnIndex, value);
    }

    @Override
    public void updateTime(String columnLabel, @Nullable Time value) throws SQLException {
        delegate.updateTime(columnLabel, value);
    }

    @Override
    public void updateTime(int columnIndex, @Nullable Time value) throws SQLException {
        delegate.updateTime(columnIndex, value);
    }

    @Override
    public void updateTimestamp(String columnLabel, @Nullable Timestamp value) throws SQLException {
        delegate.updateTimestamp(columnLabel, value);
    }

    @Override
    public void updateTimestamp(int columnIndex, @Nullable Timestamp value) throws SQLException {
        delegate.updateTimestamp(columnIndex, value);
    }
}
