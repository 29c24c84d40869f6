// A histogram that a terminal shows: one bar for each class of values, the classes equally wide and ending in round
// numbers.
#include "metrics/render.h"
#include "render/parts.h"

#include <algorithm>

namespace cascade::rendering {
namespace {

constexpr std::uint64_t most_bars = 12, longest_bar = 40;

// A round number such that so many classes hold everything up to `maximum`: 1, 2, 5, 10, 20, 50 …
std::uint64_t class_width(std::uint64_t maximum) {
  for (std::uint64_t scale = 1;; scale *= 10)
    for (const std::uint64_t step : {1, 2, 5})
      if (maximum / (step * scale) < most_bars) return step * scale;
}

std::string padded(const std::string& text, std::size_t width) {
  return std::string(width > text.size() ? width - text.size() : 0, ' ') + text;
}

}  // namespace

WindowClasses classes_of(const metrics::Windows& windows) {
  WindowClasses classes;
  if (windows.values.empty()) return classes;
  classes.width = class_width(windows.maximum);
  classes.counts.resize(windows.maximum / classes.width + 1);
  for (const std::uint64_t value : windows.values) ++classes.counts[value / classes.width];
  return classes;
}

std::string window_chart(const metrics::Windows& windows, const std::optional<std::uint64_t>& claimed, Paint paint) {
  if (windows.values.empty()) return {};
  const WindowClasses classes = classes_of(windows);
  const std::uint64_t width = classes.width;
  const std::vector<std::uint64_t>& counts = classes.counts;
  const std::uint64_t most = *std::max_element(counts.begin(), counts.end());
  const std::uint64_t room =
      paint.width() == 0 ? longest_bar : std::clamp<std::uint64_t>(paint.width() / 2, 10, longest_bar);
  const auto label = [&](std::size_t i) {
    const std::string from = grouped(i * width);
    return width == 1 ? from : from + " to " + grouped((i + 1) * width - 1);
  };
  std::size_t label_width = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) label_width = std::max(label_width, label(i).size());
  std::string text;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const std::uint64_t length = counts[i] == 0 ? 0 : std::max<std::uint64_t>(counts[i] * room / most, 1);
    std::string bar;
    for (std::uint64_t column = 0; column < length; ++column) bar += "█";
    text +=
        "  " + padded(label(i), label_width) + "  " + paint.blue(bar) + (length > 0 ? " " : "") + grouped(counts[i]);
    if (claimed && *claimed / width == i) text += paint.yellow("  <- claimed: " + grouped(*claimed));
    text += "\n";
  }
  if (claimed && *claimed > windows.maximum && *claimed / width >= counts.size())
    text += "  " + padded("beyond", label_width) + "  " + paint.yellow("<- claimed: " + grouped(*claimed)) + "\n";
  return text;
}

}  // namespace cascade::rendering
