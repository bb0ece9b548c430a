package io.trakx.netty.persistence;

import java.sql.SQLException;
import org.jooq.BindingGetResultSetContext;
import org.jooq.BindingSQLContext;
import org.jooq.BindingSetStatementContext;
import org.jooq.Converter;
import org.jooq.Converters;
import org.jooq.SQLDialect;
import org.jooq.impl.AbstractBinding;

/**
 * How info-hashes get into statements and out of rows: as the few bytes that they are. Left to
 * itself, jOOQ makes each a large object of the embedded database, which is written and cleared
 * away beside the row and costs more than that.
 */
public final class InfoHashBinding extends AbstractBinding<byte[], byte[]> {
  private static final long serialVersionUID = 1;

  @Override
  public Converter<byte[], byte[]> converter() {
    return Converters.identity(byte[].class);
  }

  @Override
  protected void sqlBind(BindingSQLContext<byte[]> context) {
    String variable = context.variable();
    // Which does not see from the place what type is wanted there.
    boolean cast = context.family() == SQLDialect.H2;
    var _ = context.render().sql(cast ? "cast(" + variable + " as binary(20))" : variable);
  }

  @Override
  public void set(BindingSetStatementContext<byte[]> context) throws SQLException {
    context.statement().setBytes(context.index(), context.value());
  }

  @Override
  public void get(BindingGetResultSetContext<byte[]> context) throws SQLException {
    context.value(context.resultSet().getBytes(context.index()));
  }
}
