#include "history/history.h"

#include <catch2/catch.hpp>

namespace cascade::metrics {
namespace {

TEST_CASE("dates and days are each other's inverse") {
  CHECK(day_of_date("1970-01-01") == 0);
  CHECK(day_of_date("2026-01-01") == 20'454);
  for (Day day = 0; day < 2'932'897; day += 97) CHECK(day_of_date(date_of(day)) == day);
  CHECK(date_of(2'932'896) == "9999-12-31");
}

TEST_CASE("what is no date is none") {
  for (const char* text :
       {"", "2026", "2026-1-1", "2026-02-29", "2026-13-01", "2026-00-01", "1969-12-31", "26-01-01xx"})
    CHECK_FALSE(day_of_date(text));
  CHECK(day_of_date("2024-02-29").has_value());
}

TEST_CASE("times are in UTC") {
  CHECK(time_of("1970-01-01T00:00:10Z") == 10);
  CHECK(time_of("1970-01-02") == 86'400);
  CHECK(time_of("1970-01-01T23:59:60Z") == 86'400);  // a leap second
  for (const char* text :
       {"1970-01-01T00:00:10", "1970-01-01T24:00:00Z", "1970-01-01T00:00:00+2", "yesterday", "", "1970-01-01T",
        "1970-01-01T00:00:00.Z", "1970-01-01T00:00:00.5", "1970-01-01T00:60:00Z", "1970-01-01T00:00:00+24:00",
        "1970-01-01T00:00:00+01:60", "1970-01-01T00:00:00 UTC", "1970-01-01T00:00:00ZZ", "1970-01-01x00:00:00Z"})
    CHECK_FALSE(time_of(text));
}

TEST_CASE("a time that no clock has is on no day") {
  CHECK_FALSE(day_of(0));  // a commit without a date
  CHECK(day_of(86'400) == 1);
  CHECK_FALSE(day_of(-1));
  CHECK_FALSE(day_of(9'000'000'000'000));
  CHECK(date_of(*day_of(253'402'300'799)) == "9999-12-31");
  CHECK_FALSE(day_of(253'402'300'800));
}

}  // namespace
}  // namespace cascade::metrics
