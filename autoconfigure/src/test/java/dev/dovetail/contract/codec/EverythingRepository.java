package dev.dovetail.contract.codec;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Sort;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.ListPagingAndSortingRepository;

interface EverythingRepository
        extends ListCrudRepository<Everything, Long>, ListPagingAndSortingRepository<Everything, Long> {

    List<Everything> findByMoneyBetween(BigDecimal least, BigDecimal most, Sort sort);

    List<Everything> findByMoneyIn(Collection<BigDecimal> amounts);

    List<Everything> findByExact(BigDecimal exact);

    List<Everything> findByExactLessThan(BigDecimal exact);

    List<Everything> findByPriceAmountGreaterThan(BigDecimal amount);

    List<Everything> findByMomentAfter(Instant moment);

    List<Everything> findByLocalLessThanEqual(LocalDateTime local);

    List<Everything> findByDayBefore(LocalDate day);

    List<Everything> findByUuid(UUID uuid);

    List<Everything> findByColorIn(Collection<Everything.Color> colors);

    List<Everything> findByTruthTrue();

    @Query("SELECT * FROM everything WHERE moment >= :moment")
    List<Everything> since(Instant moment);

    @Query("SELECT * FROM everything WHERE uuid = :uuid AND color = :color")
    List<Everything> like(UUID uuid, Everything.Color color);

    @Query("SELECT * FROM everything WHERE moment = :#{#moment.plusSeconds(1)}")
    List<Everything> secondBefore(Instant moment);

    @Query("SELECT max(moment) FROM everything")
    Instant latest();

    @Query("SELECT uuid FROM everything ORDER BY id")
    List<UUID> uuids();
}
