#include <catch2/catch.hpp>

#include "usage/report.h"

using namespace cascade::usage;

namespace {

// Compared with the usual formulas in floating point, to a millionth of rounding.
void check_share(Count count, std::int64_t value, std::int64_t low, std::int64_t high) {
  const Share share = share_of(count);
  CHECK(share.value == value);
  CHECK(std::abs(share.low - low) <= 40);
  CHECK(std::abs(share.high - high) <= 40);
}

TEST_CASE("a share has Wilson's interval") {
  check_share({0, 10}, 0, 0, 277'534);
  check_share({10, 10}, 1'000'000, 722'467, 1'000'000);
  check_share({5, 10}, 500'000, 236'590, 763'410);
  check_share({1, 100}, 10'000, 1'767, 54'486);
  check_share({333, 1000}, 333'000, 304'489, 362'798);
  check_share({500'000, 1'000'000}, 500'000, 499'020, 500'980);
}

TEST_CASE("the answer says of how many sections it speaks, and how many were sent") {
  using cascade::Format;
  Report report;
  report.sessions = report.with_log = 9;
  report.all.sent = 179;
  report.all.used = {1, 73};
  const auto first = [&] {
    const std::string text =
        cascade::rendering::usage_report(report, {}, false, Format::text, cascade::rendering::Paint()).value_or("");
    return text.substr(0, text.find('\n'));
  };
  CHECK(first() ==
        "At least 1 of 73 sections that could be judged (179 were sent) was used, in 9 sessions; nothing to do");
  report.all.used.hits = 0;
  CHECK(first() ==
        "Nothing shows use of the 73 sections that could be judged (179 were sent), in 9 sessions; nothing to do");
  report.all.sent = 73;
  report.all.used.hits = 2;
  CHECK(first() == "At least 2 of 73 sections that were sent were used, in 9 sessions; nothing to do");
}

TEST_CASE("silence is advised from three sessions on in which sections were judged, whatever was offered in others") {
  const cascade::Registry registry = cascade::Registry::build({});
  Report report;
  Row row;
  row.name = "skill:a";
  row.figures.sent = 40;
  row.figures.used = {0, 40};
  row.sessions = {"s1", "s2", "s3", "s4"};
  row.judged_in = {"s1", "s2"};
  const auto advised = [&] {
    report.manifests = {row};
    return actions_of(report, registry, [](cascade::ManifestId) { return true; }).silence.size();
  };
  CHECK(advised() == 0);
  row.judged_in = {"s1", "s2", "s4"};
  CHECK(advised() == 1);
  row.figures.used = {1, 40};
  CHECK(advised() == 0);
}

TEST_CASE("of nothing, a share may be anything") {
  CHECK(share_of({}).low == 0);
  CHECK(share_of({}).high == 1'000'000);
}

TEST_CASE("more than a million are scaled down, not overflowed") {
  const Share share = share_of({3'000'000'000, 4'000'000'000});
  CHECK(std::abs(share.value - 750'000) <= 2);
  CHECK(share.low < share.value);
  CHECK(share.value < share.high);
}

}  // namespace
