// Compares two texts by lines. Equal lines at both ends are set aside; the rest goes through the table of longest
// common subsequences. That takes quadratic time, but fixes touch few lines, so the table stays small.
#include "difference/difference.h"

#include "syntax/put.h"
#include "unicode/utf8.h"

#include <algorithm>
#include <map>
#include <utility>

namespace cascade::difference {

// Both states of the library are complete registries, and each question is asked of both: the rights of every manifest,
// the answer to every prompt, the tokens of everything that a manifest reaches. What differs is reported. Comparing the
// changed files alone would miss that a change in one agent gives a right to every skill that calls it.

namespace {

std::string owner(const Registry& registry, const Router& router, Query query, const evaluation::Prompt& prompt) {
  query.text = prompt.text;
  query.evidence = false;
  const Routing routing = router.rank(query);
  if (routing.decision == Decision::silence) return {};
  const Match& first = routing.loaded.empty() ? routing.offered.front() : routing.loaded.front();
  return to_string(symbol_of(registry[first.id]));
}

// The cost of each whole manifest: its body, as a bundle counts it. Manifests that lost their name are not served.
void weigh(const Registry& registry, std::map<std::string, Weight>& weights, bool after) {
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestId id{i};
    if (registry[id].document || registry.shadowed_in_favour_of(id)) continue;
    std::uint64_t all = 0;
    for (const ManifestId other : reached(registry, id)) all += registry[other].body.tokens;
    Weight& weight = weights[to_string(symbol_of(registry[id]))];
    (after ? weight.own_after : weight.own_before) = registry[id].body.tokens;
    (after ? weight.all_after : weight.all_before) = all;
  }
}

}  // namespace

// A removed denial is one right more, an added one is one right less.
void compare_rights(const LibraryState& before, const LibraryState& after, Difference& difference) {
  const std::vector<Right> then = rights_of(before), now = rights_of(after);
  const auto sort_in = [&](const std::vector<Right>& found, std::vector<Right>& rights, std::vector<Right>& denials) {
    for (const Right& right : found) (right.kind == RightKind::denial ? denials : rights).push_back(right);
  };
  sort_in(beyond(now, then), difference.gained, difference.lost);
  sort_in(beyond(then, now), difference.lost, difference.gained);
}

void compare_weights(const Registry& before, const Registry& after, Difference& difference) {
  std::map<std::string, Weight> weights;
  weigh(before, weights, false);
  weigh(after, weights, true);
  for (auto& [manifest, weight] : weights) {
    if (weight.own_before == weight.own_after && weight.all_before == weight.all_after) continue;
    weight.manifest = manifest;
    difference.weights.push_back(std::move(weight));
  }
}

void compare_routes(const Registry& before, const Router& router_before, const Registry& after,
                    const Router& router_after, const std::vector<evaluation::Prompt>& prompts, const Query& like,
                    Difference& difference) {
  difference.prompts = prompts.size();
  for (const evaluation::Prompt& prompt : prompts) {
    Reroute reroute{prompt.id, prompt.text, prompt.line, owner(before, router_before, like, prompt),
                    owner(after, router_after, like, prompt)};
    if (reroute.before != reroute.after) difference.rerouted.push_back(std::move(reroute));
  }
}

}  // namespace cascade::difference

// Shows what a change does in three parts: rights, where + is gained and - is lost; prompts that another manifest takes
// now; and tokens, of the manifest and of everything it calls. JSON is cascade.diff/1 (docs/formats/diff.md).
namespace cascade::rendering {
namespace {

constexpr std::size_t context_lines = 3, largest_table = 4'000'000;

enum class Change : char { kept = ' ', removed = '-', added = '+' };
struct Step {
  Change change = Change::kept;
  std::string_view line;
};

// Splits into lines, each with its line end.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::size_t length = end == std::string_view::npos ? text.size() : end + 1;
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return lines;
}

// The steps from one text to the other, the shortest up to `largest_table`.
std::vector<Step> steps_of(const std::vector<std::string_view>& before, const std::vector<std::string_view>& after) {
  std::vector<Step> steps;
  std::size_t head = 0, tail = 0;
  const std::size_t least = std::min(before.size(), after.size());
  while (head < least && before[head] == after[head]) steps.push_back({Change::kept, before[head++]});
  while (tail < least - head && before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) ++tail;
  const std::size_t rows = before.size() - tail - head, columns = after.size() - tail - head;
  std::size_t i = 0, j = 0;
  if (rows * columns <= largest_table && rows != 0 && columns != 0) {
    std::vector<std::uint32_t> common((rows + 1) * (columns + 1), 0);
    const auto at = [&](std::size_t row, std::size_t column) -> std::uint32_t& {
      return common[row * (columns + 1) + column];
    };
    for (std::size_t row = rows; row-- > 0;)
      for (std::size_t column = columns; column-- > 0;)
        at(row, column) = before[head + row] == after[head + column]
                              ? at(row + 1, column + 1) + 1
                              : std::max(at(row + 1, column), at(row, column + 1));
    while (i < rows && j < columns) {
      if (before[head + i] == after[head + j]) {
        steps.push_back({Change::kept, before[head + i++]});
        ++j;
      } else if (at(i + 1, j) >= at(i, j + 1)) {
        steps.push_back({Change::removed, before[head + i++]});
      } else {
        steps.push_back({Change::added, after[head + j++]});
      }
    }
  }
  for (; i < rows; ++i) steps.push_back({Change::removed, before[head + i]});
  for (; j < columns; ++j) steps.push_back({Change::added, after[head + j]});
  for (std::size_t line = before.size() - tail; line < before.size(); ++line)
    steps.push_back({Change::kept, before[line]});
  return steps;
}

std::string range(std::size_t first, std::size_t count) {
  return std::to_string(count == 0 ? first : first + 1) + (count == 1 ? "" : "," + std::to_string(count));
}

std::string line_of(const Step& step) {
  return static_cast<char>(step.change) + std::string(step.line) +
         (step.line.ends_with('\n') ? "" : "\n\\ No newline at end of file\n");
}

using difference::Difference, difference::Reroute, difference::Right, difference::RightKind, difference::Weight;

constexpr std::size_t longest = 90;  // code points shown of a prompt or a command

std::string right_lines(const std::vector<Right>& rights, char sign, bool is_gain, Paint paint) {
  std::string text;
  for (const Right& right : rights) {
    // A denial among the gains is one that was removed.
    const bool turned = right.kind == RightKind::denial;
    std::string line =
        std::string(1, sign) + " " + unicode::displayable(right.holder) + " " +
        (turned && is_gain ? "is no longer kept from " + shortened(right.what, longest) : deed_of(right));
    if (!right.through.empty()) line += ", through " + unicode::displayable(right.through);
    if (right.holder != right.path) line += "  (" + unicode::displayable(right.path) + ")";
    text += "  " + (is_gain ? paint.red(line) : paint.green(line)) + "\n";
  }
  return text;
}

// The manifest that answers a prompt.
std::string owner(const std::string& name) { return name.empty() ? "silence" : unicode::displayable(name); }

// "-": the manifest was not there in that state.
std::string number(const std::optional<std::uint64_t>& value) { return value ? std::to_string(*value) : "-"; }

// "+120", "-8", or nothing; a manifest that was not there had no tokens.
std::string growth(const std::optional<std::uint64_t>& before, const std::optional<std::uint64_t>& after) {
  const std::uint64_t then = before.value_or(0), now = after.value_or(0);
  if (then == now) return "";
  return now > then ? "+" + std::to_string(now - then) : "-" + std::to_string(then - now);
}

std::string weight_table(const std::vector<Weight>& weights, Paint paint) {
  TextTable table;
  table.column("MANIFEST");
  for (const char* title : {"OWN", "NOW", "", "WITH ALL IT CALLS", "NOW", ""}) table.column(title, Align::right);
  for (const Weight& weight : weights)
    table.row({unicode::displayable(weight.manifest), number(weight.own_before), number(weight.own_after),
               growth(weight.own_before, weight.own_after), number(weight.all_before), number(weight.all_after),
               growth(weight.all_before, weight.all_after)});
  return table.take(paint);
}

// The prompt, and below it "skill:x -> silence".
std::string route_lines(const std::vector<Reroute>& rerouted) {
  std::string text;
  for (const Reroute& reroute : rerouted)
    text += "  " + shortened(reroute.text, longest) + "\n    " + owner(reroute.before) + " -> " + owner(reroute.after) +
            "\n";
  return text;
}

std::string difference_text(const DifferenceReport& report, Paint paint) {
  const Difference& difference = report.difference;
  std::string text;
  const auto part = [&](const std::string& title, const std::string& lines) {
    if (!lines.empty()) text += (text.empty() ? "" : "\n") + paint.bold(title) + "\n" + lines;
  };
  part("rights", right_lines(difference.gained, '+', true, paint) + right_lines(difference.lost, '-', false, paint));
  part("routing: " + std::to_string(difference.rerouted.size()) + " of " + count_of(difference.prompts, "prompt") +
           (difference.rerouted.size() == 1 ? " goes elsewhere" : " go elsewhere"),
       route_lines(difference.rerouted));
  if (!difference.weights.empty()) part("tokens", weight_table(difference.weights, paint));
  if (text.empty())  // without prompts nothing is known about routing
    return std::string("no change of rights") + (difference.prompts == 0 ? " or" : ", routing or") + " tokens since " +
           unicode::displayable(report.since) + "\n";
  return text;
}

void put_rights(syntax::JsonWriter& json, std::string_view key, const std::vector<Right>& rights) {
  json.key(key).objects(rights, [&](const Right& right) {
    put(json, "holder", right.holder, "kind", to_string(right.kind), "what", right.what, "through",
        syntax::or_null(right.through), "path", right.path);
  });
}

void put_routing(syntax::JsonWriter& json, const Difference& difference) {
  json.key("routing").begin_object();
  put(json, "prompts", difference.prompts);
  json.key("changed").objects(difference.rerouted, [&](const Reroute& reroute) {
    put(json, "id", reroute.id, "line", reroute.line, "text", reroute.text, "before", syntax::or_null(reroute.before),
        "after", syntax::or_null(reroute.after));
  });
  json.end_object();
}

void put_weights(syntax::JsonWriter& json, const std::vector<Weight>& weights) {
  json.key("tokens").objects(weights, [&](const Weight& weight) {
    put(json, "manifest", weight.manifest, "own_before", weight.own_before, "own_after", weight.own_after, "all_before",
        weight.all_before, "all_after", weight.all_after);
  });
}

std::string difference_json(const DifferenceReport& report) {
  syntax::JsonWriter json = document("cascade.diff/1");
  put(json, "since", report.since, "failed", report.failed);
  put_object(json, "rights", [&] {
    put_rights(json, "gained", report.difference.gained);
    put_rights(json, "lost", report.difference.lost);
  });
  put_routing(json, report.difference);
  put_weights(json, report.difference.weights);
  return finish(json);
}

}  // namespace

std::string unified_diff(std::string_view path, std::string_view before, std::string_view after) {
  if (before == after) return {};
  const std::vector<Step> steps = steps_of(lines_of(before), lines_of(after));
  std::string out = "--- a/" + std::string(path) + "\n+++ b/" + std::string(path) + "\n";
  std::size_t old_line = 0, new_line = 0, shown = 0;
  const auto pass = [&](std::size_t end) {
    for (; shown < end; ++shown) {
      old_line += steps[shown].change != Change::added ? 1 : 0;
      new_line += steps[shown].change != Change::removed ? 1 : 0;
    }
  };
  for (std::size_t i = 0; i < steps.size();) {
    if (steps[i].change == Change::kept) {
      ++i;
      continue;
    }
    const std::size_t begin = std::max(shown, i - std::min(i, context_lines));
    std::size_t end = i, kept = 0;
    for (std::size_t j = i; j < steps.size() && kept <= 2 * context_lines; ++j) {
      kept = steps[j].change == Change::kept ? kept + 1 : 0;
      if (kept == 0) end = j + 1;
    }
    end = std::min(steps.size(), end + context_lines);
    pass(begin);
    const std::size_t old_begin = old_line, new_begin = new_line;
    pass(end);
    out += "@@ -" + range(old_begin, old_line - old_begin) + " +" + range(new_begin, new_line - new_begin) + " @@\n";
    for (std::size_t j = begin; j < end; ++j) out += line_of(steps[j]);
    i = end;
  }
  return out;
}

std::string deed_of(const Right& right) {
  const std::string what = shortened(right.what, longest);
  switch (right.kind) {
    case RightKind::tool: return "may use " + what;
    case RightKind::grant: return "uses " + what + " without asking";
    case RightKind::mode: return "works in mode " + what;
    case RightKind::hook: return "runs the hook " + what;
    case RightKind::server: return "starts the server " + what;
    case RightKind::permission: return "allows " + what;
    case RightKind::denial: return "is kept from " + what;
    case RightKind::module: return "runs inside of the client " + what;
  }
  return what;
}

Result<std::string> difference(const DifferenceReport& report, Format format, Paint paint) {
  if (format == Format::json) return difference_json(report);
  return difference_text(report, paint);
}

}  // namespace cascade::rendering
