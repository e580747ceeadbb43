package dev.dovetail.repository;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.data.jdbc.repository.support.SimpleJdbcRepository;
import org.springframework.data.repository.core.RepositoryInformation;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionInterceptor;

/**
 * Stands where Spring Data has put its transaction advice, and leaves the transaction out where it would surround a single
 * statement, which is atomic by itself, or two of which the first has changed nothing: calls that are inherited from Spring
 * Data, outside of a transaction, on entities without children in whose reading and writing nobody else takes part.
 * Transactions that the application asked for are kept.
 */
final class SingleStatementCalls implements MethodInterceptor {

    private static final Set<String> READS = Set.of("findById", "existsById", "count", "findAll");
    private static final Set<String> WRITES = Set.of("save", "delete");

    private static final TypeAttributes OWN = new TypeAttributes();

    private final TransactionInterceptor transactions;
    private final RepositoryInformation repository;
    private final DovetailAggregateTemplate template;
    private final PlainTransactions plain;
    private final Map<Method, Kind> kinds = new ConcurrentHashMap<>();

    /** What the application's own annotations say, also those of a type. */
    private static final class TypeAttributes extends AnnotationTransactionAttributeSource {

        private static final long serialVersionUID = 1L;

        boolean hasTransactionAttribute(Class<?> type) {
            return findTransactionAttribute(type) != null;
        }
    }

    private enum Kind {
        READ,
        WRITE,
        DELETE_BY_ID,
        /** No transaction was asked for, not even by Spring Data. */
        WITHOUT,
        OTHER
    }

    private SingleStatementCalls(
            TransactionInterceptor transactions,
            RepositoryInformation repository,
            DovetailAggregateTemplate template,
            PlainTransactions plain) {
        this.transactions = transactions;
        this.repository = repository;
        this.template = template;
        this.plain = plain;
    }

    /** Takes the place of the transaction advice. */
    static void replaceTransactions(
            ProxyFactory factory,
            RepositoryInformation repository,
            DovetailAggregateTemplate template,
            PlainTransactions plain) {
        for (Advisor advisor : factory.getAdvisors()) {
            if (advisor.getAdvice() instanceof TransactionInterceptor transactions) {
                factory.replaceAdvisor(
                        advisor,
                        new DefaultPointcutAdvisor(
                                new SingleStatementCalls(transactions, repository, template, plain)));
            }
        }
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        return needsNone(invocation) ? invocation.proceed() : transactions.invoke(invocation);
    }

    private boolean needsNone(MethodInvocation invocation) {
        Class<?> entity = repository.getDomainType();
        return switch (kinds.computeIfAbsent(invocation.getMethod(), this::kind)) {
            // Who is told of what was read may wait for the transaction to end.
            case READ ->
                plain.isReadAlike()
                        && template.isDirect(entity)
                        && template.lifecycle().isReadUnnoticed(entity);
            case WRITE ->
                plain.isWriteAlike() && isWrittenAlone(entity, invocation.getArguments()[0]);
            case DELETE_BY_ID -> plain.isWriteAlike() && isWrittenAlone(entity);
            case WITHOUT -> true;
            case OTHER -> false;
        };
    }

    // One of a subclass may have children, and others may take part in its writing. One that has no id even then is
    // refused when its row is there already.
    private boolean isWrittenAlone(Class<?> entity, @Nullable Object instance) {
        return instance != null
                && instance.getClass() == entity
                && isWrittenAlone(entity)
                && template.isStoredWithAnId(instance);
    }

    private boolean isWrittenAlone(Class<?> entity) {
        return template.isDirect(entity) && template.lifecycle().isWrittenAlone(entity);
    }

    private Kind kind(Method method) {
        TransactionAttributeSource source = transactions.getTransactionAttributeSource();
        if (source != null && source.getTransactionAttribute(method, repository.getRepositoryBaseClass()) == null) {
            return Kind.WITHOUT;
        }
        Method target = repository.getTargetClassMethod(method);
        // A default method may do more than what it stands in place of.
        boolean inherited = !method.isDefault()
                && repository.isBaseClassMethod(method)
                && target.getDeclaringClass() == SimpleJdbcRepository.class;
        if (!inherited || isTransactional(method)) {
            return Kind.OTHER;
        }
        if (WRITES.contains(method.getName())) {
            return Kind.WRITE;
        }
        if (method.getName().equals("deleteById")) {
            return Kind.DELETE_BY_ID;
        }
        // With a sort or a page it is no statement that is known beforehand.
        boolean known = method.getParameterCount() == 0 || !method.getName().equals("findAll");
        return known && READS.contains(method.getName()) ? Kind.READ : Kind.OTHER;
    }

    private boolean isTransactional(Method method) {
        Class<?> type = repository.getRepositoryInterface();
        return OWN.getTransactionAttribute(method, type) != null || OWN.hasTransactionAttribute(type);
    }
}
