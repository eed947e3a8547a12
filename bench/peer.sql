-- What a data engineer would write by hand: the same 40 KPIs from the table `measures` to one label per person in `result`.
-- Scores are whole hundredths; a NULL score gives its weight to its neighbours.

CREATE OR REPLACE MACRO quantised(x, places) AS
    sign(x) * floor(abs(x) * places + 0.5 + 1e-9 + abs(x) * places * 8.881784197001252e-16) / places;

CREATE OR REPLACE MACRO share(x, low, high) AS quantised(100 * (x - low) / (high - low), 1);

CREATE OR REPLACE MACRO rising(x, two, three, four, five) AS
    CASE
        WHEN x >= five THEN 500
        WHEN x >= four THEN 400 + least(share(x, four, five), 99)
        WHEN x >= three THEN 300 + least(share(x, three, four), 99)
        WHEN x >= two THEN 200 + least(share(x, two, three), 99)
        WHEN x IS NOT NULL THEN 100 + least(greatest(share(x, two - (three - two), two), 0), 99)
    END;

CREATE OR REPLACE MACRO falling(x, two, three, four, five) AS rising(-x, -two, -three, -four, -five);

CREATE OR REPLACE MACRO weighed(rate, attainment, faults, per_day, care) AS
    coalesce(rate * 30, 0) + coalesce(attainment * 25, 0) + coalesce(faults * 20, 0)
    + coalesce(per_day * 15, 0) + coalesce(care * 10, 0);

CREATE OR REPLACE MACRO weight(rate, attainment, faults, per_day, care) AS
    CASE WHEN rate IS NULL THEN 0 ELSE 30 END + CASE WHEN attainment IS NULL THEN 0 ELSE 25 END
    + CASE WHEN faults IS NULL THEN 0 ELSE 20 END + CASE WHEN per_day IS NULL THEN 0 ELSE 15 END
    + CASE WHEN care IS NULL THEN 0 ELSE 10 END;

CREATE OR REPLACE TABLE result AS
WITH figures AS (
    SELECT
        person,
        violations,
        CASE WHEN calls_due >= 20 THEN 100 * calls_kept / nullif(calls_due, 0) END AS calls_rate,
        calls_done AS calls_attainment,
        "target.calls" AS calls_target,
        1000 * calls_faulty / nullif(calls_items, 0) AS calls_faults,
        (calls_done + 2 * calls_kept - calls_faulty) / available_days AS calls_per_day,
        CASE
            WHEN calls_items > 0 AND calls_late IS NOT NULL AND calls_faulty IS NOT NULL
                THEN least(greatest(100 - 2 * calls_late - calls_faulty / 2, 0), 100)
            WHEN calls_items <= 0 THEN 50
        END AS calls_care,
        CASE WHEN promises_due >= 20 THEN 100 * promises_kept / nullif(promises_due, 0) END AS promises_rate,
        promises_done AS promises_attainment,
        "target.promises" AS promises_target,
        1000 * promises_faulty / nullif(promises_items, 0) AS promises_faults,
        (promises_done + 2 * promises_kept - promises_faulty) / available_days AS promises_per_day,
        CASE
            WHEN promises_items > 0 AND promises_late IS NOT NULL AND promises_faulty IS NOT NULL
                THEN least(greatest(100 - 2 * promises_late - promises_faulty / 2, 0), 100)
            WHEN promises_items <= 0 THEN 50
        END AS promises_care,
        CASE WHEN payments_due >= 20 THEN 100 * payments_kept / nullif(payments_due, 0) END AS payments_rate,
        payments_done AS payments_attainment,
        "target.payments" AS payments_target,
        1000 * payments_faulty / nullif(payments_items, 0) AS payments_faults,
        (payments_done + 2 * payments_kept - payments_faulty) / available_days AS payments_per_day,
        CASE
            WHEN payments_items > 0 AND payments_late IS NOT NULL AND payments_faulty IS NOT NULL
                THEN least(greatest(100 - 2 * payments_late - payments_faulty / 2, 0), 100)
            WHEN payments_items <= 0 THEN 50
        END AS payments_care,
        CASE WHEN quality_due >= 20 THEN 100 * quality_kept / nullif(quality_due, 0) END AS quality_rate,
        quality_done AS quality_attainment,
        "target.quality" AS quality_target,
        1000 * quality_faulty / nullif(quality_items, 0) AS quality_faults,
        (quality_done + 2 * quality_kept - quality_faulty) / available_days AS quality_per_day,
        CASE
            WHEN quality_items > 0 AND quality_late IS NOT NULL AND quality_faulty IS NOT NULL
                THEN least(greatest(100 - 2 * quality_late - quality_faulty / 2, 0), 100)
            WHEN quality_items <= 0 THEN 50
        END AS quality_care,
        CASE WHEN disputes_due >= 20 THEN 100 * disputes_kept / nullif(disputes_due, 0) END AS disputes_rate,
        disputes_done AS disputes_attainment,
        "target.disputes" AS disputes_target,
        1000 * disputes_faulty / nullif(disputes_items, 0) AS disputes_faults,
        (disputes_done + 2 * disputes_kept - disputes_faulty) / available_days AS disputes_per_day,
        CASE
            WHEN disputes_items > 0 AND disputes_late IS NOT NULL AND disputes_faulty IS NOT NULL
                THEN least(greatest(100 - 2 * disputes_late - disputes_faulty / 2, 0), 100)
            WHEN disputes_items <= 0 THEN 50
        END AS disputes_care,
        CASE WHEN compliance_due >= 20 THEN 100 * compliance_kept / nullif(compliance_due, 0) END AS compliance_rate,
        compliance_done AS compliance_attainment,
        "target.compliance" AS compliance_target,
        1000 * compliance_faulty / nullif(compliance_items, 0) AS compliance_faults,
        (compliance_done + 2 * compliance_kept - compliance_faulty) / available_days AS compliance_per_day,
        CASE
            WHEN compliance_items > 0 AND compliance_late IS NOT NULL AND compliance_faulty IS NOT NULL
                THEN least(greatest(100 - 2 * compliance_late - compliance_faulty / 2, 0), 100)
            WHEN compliance_items <= 0 THEN 50
        END AS compliance_care,
        CASE WHEN training_due >= 20 THEN 100 * training_kept / nullif(training_due, 0) END AS training_rate,
        training_done AS training_attainment,
        "target.training" AS training_target,
        1000 * training_faulty / nullif(training_items, 0) AS training_faults,
        (training_done + 2 * training_kept - training_faulty) / available_days AS training_per_day,
        CASE
            WHEN training_items > 0 AND training_late IS NOT NULL AND training_faulty IS NOT NULL
                THEN least(greatest(100 - 2 * training_late - training_faulty / 2, 0), 100)
            WHEN training_items <= 0 THEN 50
        END AS training_care,
        CASE WHEN service_due >= 20 THEN 100 * service_kept / nullif(service_due, 0) END AS service_rate,
        service_done AS service_attainment,
        "target.service" AS service_target,
        1000 * service_faulty / nullif(service_items, 0) AS service_faults,
        (service_done + 2 * service_kept - service_faulty) / available_days AS service_per_day,
        CASE
            WHEN service_items > 0 AND service_late IS NOT NULL AND service_faulty IS NOT NULL
                THEN least(greatest(100 - 2 * service_late - service_faulty / 2, 0), 100)
            WHEN service_items <= 0 THEN 50
        END AS service_care
    FROM measures
),
rounded AS (
    SELECT
        person,
        violations,
        quantised(calls_rate, 10) AS calls_rate,
        100 * quantised(calls_attainment, 100) / calls_target AS calls_attainment,
        quantised(calls_faults, 10) AS calls_faults,
        quantised(calls_per_day, 100) AS calls_per_day,
        quantised(calls_care, 1) AS calls_care,
        quantised(promises_rate, 10) AS promises_rate,
        100 * quantised(promises_attainment, 100) / promises_target AS promises_attainment,
        quantised(promises_faults, 10) AS promises_faults,
        quantised(promises_per_day, 100) AS promises_per_day,
        quantised(promises_care, 1) AS promises_care,
        quantised(payments_rate, 10) AS payments_rate,
        100 * quantised(payments_attainment, 100) / payments_target AS payments_attainment,
        quantised(payments_faults, 10) AS payments_faults,
        quantised(payments_per_day, 100) AS payments_per_day,
        quantised(payments_care, 1) AS payments_care,
        quantised(quality_rate, 10) AS quality_rate,
        100 * quantised(quality_attainment, 100) / quality_target AS quality_attainment,
        quantised(quality_faults, 10) AS quality_faults,
        quantised(quality_per_day, 100) AS quality_per_day,
        quantised(quality_care, 1) AS quality_care,
        quantised(disputes_rate, 10) AS disputes_rate,
        100 * quantised(disputes_attainment, 100) / disputes_target AS disputes_attainment,
        quantised(disputes_faults, 10) AS disputes_faults,
        quantised(disputes_per_day, 100) AS disputes_per_day,
        quantised(disputes_care, 1) AS disputes_care,
        quantised(compliance_rate, 10) AS compliance_rate,
        100 * quantised(compliance_attainment, 100) / compliance_target AS compliance_attainment,
        quantised(compliance_faults, 10) AS compliance_faults,
        quantised(compliance_per_day, 100) AS compliance_per_day,
        quantised(compliance_care, 1) AS compliance_care,
        quantised(training_rate, 10) AS training_rate,
        100 * quantised(training_attainment, 100) / training_target AS training_attainment,
        quantised(training_faults, 10) AS training_faults,
        quantised(training_per_day, 100) AS training_per_day,
        quantised(training_care, 1) AS training_care,
        quantised(service_rate, 10) AS service_rate,
        100 * quantised(service_attainment, 100) / service_target AS service_attainment,
        quantised(service_faults, 10) AS service_faults,
        quantised(service_per_day, 100) AS service_per_day,
        quantised(service_care, 1) AS service_care
    FROM figures
),
kpis AS (
    SELECT
        person,
        violations,
        rising(calls_rate, 60, 70, 78, 85) AS calls_rate,
        rising(quantised(calls_attainment, 100), 80, 95, 105, 120) AS calls_attainment,
        falling(calls_faults, 80, 50, 25, 10) AS calls_faults,
        rising(calls_per_day, 2, 4, 6, 8) AS calls_per_day,
        rising(calls_care, 55, 70, 80, 90) AS calls_care,
        rising(promises_rate, 60, 70, 78, 85) AS promises_rate,
        rising(quantised(promises_attainment, 100), 80, 95, 105, 120) AS promises_attainment,
        falling(promises_faults, 80, 50, 25, 10) AS promises_faults,
        rising(promises_per_day, 2, 4, 6, 8) AS promises_per_day,
        rising(promises_care, 55, 70, 80, 90) AS promises_care,
        rising(payments_rate, 60, 70, 78, 85) AS payments_rate,
        rising(quantised(payments_attainment, 100), 80, 95, 105, 120) AS payments_attainment,
        falling(payments_faults, 80, 50, 25, 10) AS payments_faults,
        rising(payments_per_day, 2, 4, 6, 8) AS payments_per_day,
        rising(payments_care, 55, 70, 80, 90) AS payments_care,
        rising(quality_rate, 60, 70, 78, 85) AS quality_rate,
        rising(quantised(quality_attainment, 100), 80, 95, 105, 120) AS quality_attainment,
        falling(quality_faults, 80, 50, 25, 10) AS quality_faults,
        rising(quality_per_day, 2, 4, 6, 8) AS quality_per_day,
        rising(quality_care, 55, 70, 80, 90) AS quality_care,
        rising(disputes_rate, 60, 70, 78, 85) AS disputes_rate,
        rising(quantised(disputes_attainment, 100), 80, 95, 105, 120) AS disputes_attainment,
        falling(disputes_faults, 80, 50, 25, 10) AS disputes_faults,
        rising(disputes_per_day, 2, 4, 6, 8) AS disputes_per_day,
        rising(disputes_care, 55, 70, 80, 90) AS disputes_care,
        rising(compliance_rate, 60, 70, 78, 85) AS compliance_rate,
        rising(quantised(compliance_attainment, 100), 80, 95, 105, 120) AS compliance_attainment,
        falling(compliance_faults, 80, 50, 25, 10) AS compliance_faults,
        rising(compliance_per_day, 2, 4, 6, 8) AS compliance_per_day,
        rising(compliance_care, 55, 70, 80, 90) AS compliance_care,
        rising(training_rate, 60, 70, 78, 85) AS training_rate,
        rising(quantised(training_attainment, 100), 80, 95, 105, 120) AS training_attainment,
        falling(training_faults, 80, 50, 25, 10) AS training_faults,
        rising(training_per_day, 2, 4, 6, 8) AS training_per_day,
        rising(training_care, 55, 70, 80, 90) AS training_care,
        rising(service_rate, 60, 70, 78, 85) AS service_rate,
        rising(quantised(service_attainment, 100), 80, 95, 105, 120) AS service_attainment,
        falling(service_faults, 80, 50, 25, 10) AS service_faults,
        rising(service_per_day, 2, 4, 6, 8) AS service_per_day,
        rising(service_care, 55, 70, 80, 90) AS service_care
    FROM rounded
),
kras AS (
    SELECT
        person,
        violations,
        weighed(calls_rate, calls_attainment, calls_faults, calls_per_day, calls_care) AS calls_sum,
        weight(calls_rate, calls_attainment, calls_faults, calls_per_day, calls_care) AS calls_weight,
        weighed(promises_rate, promises_attainment, promises_faults, promises_per_day, promises_care) AS promises_sum,
        weight(promises_rate, promises_attainment, promises_faults, promises_per_day, promises_care) AS promises_weight,
        weighed(payments_rate, payments_attainment, payments_faults, payments_per_day, payments_care) AS payments_sum,
        weight(payments_rate, payments_attainment, payments_faults, payments_per_day, payments_care) AS payments_weight,
        weighed(quality_rate, quality_attainment, quality_faults, quality_per_day, quality_care) AS quality_sum,
        weight(quality_rate, quality_attainment, quality_faults, quality_per_day, quality_care) AS quality_weight,
        weighed(disputes_rate, disputes_attainment, disputes_faults, disputes_per_day, disputes_care) AS disputes_sum,
        weight(disputes_rate, disputes_attainment, disputes_faults, disputes_per_day, disputes_care) AS disputes_weight,
        weighed(compliance_rate, compliance_attainment, compliance_faults, compliance_per_day, compliance_care) AS compliance_sum,
        weight(compliance_rate, compliance_attainment, compliance_faults, compliance_per_day, compliance_care) AS compliance_weight,
        weighed(training_rate, training_attainment, training_faults, training_per_day, training_care) AS training_sum,
        weight(training_rate, training_attainment, training_faults, training_per_day, training_care) AS training_weight,
        weighed(service_rate, service_attainment, service_faults, service_per_day, service_care) AS service_sum,
        weight(service_rate, service_attainment, service_faults, service_per_day, service_care) AS service_weight
    FROM kpis
),
overall AS (
    SELECT
        person,
        violations,
        (20 * calls_weight
         + 20 * promises_weight
         + 15 * payments_weight
         + 15 * quality_weight
         + 10 * disputes_weight
         + 10 * compliance_weight
         + 5 * training_weight
         + 5 * service_weight) / 100.0 AS coverage,
        (coalesce(20 * calls_sum / nullif(calls_weight, 0), 0)
         + coalesce(20 * promises_sum / nullif(promises_weight, 0), 0)
         + coalesce(15 * payments_sum / nullif(payments_weight, 0), 0)
         + coalesce(15 * quality_sum / nullif(quality_weight, 0), 0)
         + coalesce(10 * disputes_sum / nullif(disputes_weight, 0), 0)
         + coalesce(10 * compliance_sum / nullif(compliance_weight, 0), 0)
         + coalesce(5 * training_sum / nullif(training_weight, 0), 0)
         + coalesce(5 * service_sum / nullif(service_weight, 0), 0)
        ) / nullif(CASE WHEN calls_weight > 0 THEN 20 ELSE 0 END
         + CASE WHEN promises_weight > 0 THEN 20 ELSE 0 END
         + CASE WHEN payments_weight > 0 THEN 15 ELSE 0 END
         + CASE WHEN quality_weight > 0 THEN 15 ELSE 0 END
         + CASE WHEN disputes_weight > 0 THEN 10 ELSE 0 END
         + CASE WHEN compliance_weight > 0 THEN 10 ELSE 0 END
         + CASE WHEN training_weight > 0 THEN 5 ELSE 0 END
         + CASE WHEN service_weight > 0 THEN 5 ELSE 0 END, 0) / 100 AS uncapped
    FROM kras
),
capped AS (
    SELECT
        person,
        coverage,
        violations,
        CASE WHEN violations > 0 THEN least(quantised(uncapped, 100), 2) ELSE quantised(uncapped, 100) END AS overall
    FROM overall
)
SELECT
    person,
    CASE WHEN coverage >= 60 AND violations IS NOT NULL THEN overall END AS overall,
    CASE
        WHEN violations IS NULL THEN 'blocked'
        WHEN coverage < 60 THEN 'not_rated'
        WHEN overall >= 4.5 THEN 'Outstanding'
        WHEN overall >= 3.5 THEN 'Exceeds'
        WHEN overall >= 2.5 THEN 'Meets'
        WHEN overall >= 1.5 THEN 'Needs improvement'
        ELSE 'Unacceptable'
    END AS label
FROM capped;
