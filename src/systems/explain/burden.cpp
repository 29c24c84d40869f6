#include "explain/burden.h"

#include <algorithm>
#include <utility>

#include "explanations/record.h"

namespace cascade::comprehension {

Spread spread_of(std::vector<std::uint64_t> values) {
  Spread spread;
  spread.n = values.size();
  if (values.empty()) return spread;
  std::sort(values.begin(), values.end());
  spread.least = values.front();
  spread.most = values.back();
  for (const std::uint64_t value : values) spread.sum += value;
  spread.twice_median = values[(values.size() - 1) / 2] + values[values.size() / 2];
  return spread;
}

Burden burden_of(const std::vector<TreeText>& records, Report range) {
  Burden burden;
  std::vector<std::uint64_t> seconds, words, reviews, review_seconds;
  for (const TreeText& file : records) {
    const Record record = parse_record(file.text, file.path);
    ++burden.records;
    if (!record.waived.empty()) {
      ++burden.waived;
      continue;
    }
    words.push_back(record.words());
    if (record.seconds) seconds.push_back(*record.seconds);
    reviews.push_back(record.reviews.size());
    for (const Review& review : record.reviews) review_seconds.push_back(review.seconds);
  }
  burden.seconds = spread_of(std::move(seconds));
  burden.words = spread_of(std::move(words));
  burden.reviews = spread_of(std::move(reviews));
  burden.review_seconds = spread_of(std::move(review_seconds));
  burden.range = std::move(range);
  return burden;
}

}  // namespace cascade::comprehension
