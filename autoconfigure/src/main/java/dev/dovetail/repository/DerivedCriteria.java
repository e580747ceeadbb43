package dev.dovetail.repository;

import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.relational.core.dialect.Escaper;
import org.springframework.data.relational.core.query.Criteria;
import org.springframework.data.relational.core.query.ValueFunction;
import org.springframework.data.relational.repository.query.ParameterMetadataProvider;
import org.springframework.data.relational.repository.query.RelationalParameterAccessor;
import org.springframework.data.relational.repository.query.RelationalQueryCreator;
import org.springframework.data.repository.query.parser.Part;
import org.springframework.data.repository.query.parser.PartTree;

/**
 * What the name of a query method asks for.
 *
 * @param condition which rows; empty for all
 * @param sort in which order, as the name and the arguments say
 */
record DerivedCriteria(Criteria condition, Sort sort) {

    static DerivedCriteria of(PartTree tree, RelationalParameterAccessor arguments, Escaper likeEscaper) {
        return new Creator(tree, arguments, likeEscaper).createQuery(arguments.getSort());
    }

    private static final class Creator extends RelationalQueryCreator<DerivedCriteria> {

        private final Escaper likeEscaper;

        Creator(PartTree tree, RelationalParameterAccessor arguments, Escaper likeEscaper) {
            super(tree, arguments);
            this.likeEscaper = likeEscaper;
        }

        @Override
        protected ParameterMetadataProvider getParameterMetadataProvider(RelationalParameterAccessor accessor) {
            return new ParameterMetadataProvider(accessor) {
                @Override
                protected @Nullable Object prepareParameterValue(
                        @Nullable Object value, Class<?> valueType, Part.Type partType) {
                    Object prepared = super.prepareParameterValue(value, valueType, partType);
                    return prepared instanceof ValueFunction<?> pattern ? pattern.apply(likeEscaper) : prepared;
                }
            };
        }

        @Override
        protected DerivedCriteria complete(@Nullable Criteria criteria, Sort sort) {
            return new DerivedCriteria(criteria != null ? criteria : Criteria.empty(), sort);
        }
    }
}
