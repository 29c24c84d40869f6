#include "collection.h"

#include "eval/evaluate.h"
#include "files/tree.h"
#include "route/build/postings.h"
#include "syntax/json.h"

#include <cstdio>
#include <set>

namespace cascade::bench {
namespace {

std::vector<std::string> split(const std::string& text, char mark) {
  std::vector<std::string> parts(1);
  for (const char c : text)
    if (c == mark)
      parts.emplace_back();
    else
      parts.back() += c;
  return parts;
}

// Lines of other corpora are dropped before they are read as prompts.
std::string only(const std::string& text, const std::string& corpus) {
  std::string kept;
  for (const std::string& row : split(text, '\n')) {
    const syntax::Parsed parsed = syntax::parse_json(row);
    const syntax::Node* of = parsed.root.find("corpus");
    const syntax::Node* kind = parsed.root.find("kind");
    if (of != nullptr && of->text != corpus) continue;
    if (kind != nullptr && kind->text == "example-utterance") continue;
    kept += row + "\n";
  }
  return kept;
}

}  // namespace

void Collection::rebuild(const route::FieldWeights& fields) {
  block = route::lay_out(registry, counted.sources, counted.notes.view(), route::lexicon_table(), fields);
  tables.open(block);
}

bool Collection::expects(std::size_t prompt, std::uint32_t entry) const {
  const ManifestView manifest = registry[ManifestId{tables.entries[entry].manifest}];
  for (const std::string& name : prompts[prompt].expect)
    if (evaluation::is_called(manifest, name)) return true;
  return false;
}

Result<Collection> load(const std::string& word) {
  Collection collection;
  const std::size_t equals = word.find('=');
  if (equals == std::string::npos) return Error{ErrorCode::misuse, "no NAME=ROOT:PROMPTS: " + word, {}, {}};
  collection.name = word.substr(0, equals);
  const std::vector<std::string> parts = split(word.substr(equals + 1), ':');
  if (parts.size() < 2) return Error{ErrorCode::misuse, "no prompts: " + word, {}, {}};
  if (parts.size() > 2)
    for (const std::string& kind : split(parts[2], ','))
      if (const auto known = parse_kind(kind)) collection.kinds.push_back(*known);
  WorkspaceOptions options;
  for (const std::string& root : split(parts[0], '+')) options.roots.push_back({root, Scope::project});
  auto workspace = Workspace::open(options);
  if (!workspace) return workspace.error();
  collection.registry = workspace->registry();
  const ReadSection read = [&](const ManifestView& manifest, const SectionView& section) {
    return workspace->read(manifest, section);
  };
  auto counted = route::count_sources(collection.registry, route::by_section(collection.registry, read), {}, {});
  if (!counted) return counted.error();
  collection.counted = *std::move(counted);
  std::set<std::string> seen;
  for (const std::string& path : split(parts[1], '+')) {
    const auto text = files::DiskTree().read(path, 64u << 20);
    if (!text) return text.error();
    auto prompts = evaluation::read_prompts(only(*text, collection.name), path);
    if (!prompts && prompts.error().code == ErrorCode::not_found) continue;  // all are other collections'
    if (!prompts) return prompts.error();
    for (evaluation::Prompt& prompt : *prompts)
      if (seen.insert(prompt.text).second) collection.prompts.push_back(std::move(prompt));
  }
  collection.rebuild({});
  return collection;
}

void Sums::add(const Sums& o) {
  positive += o.positive;
  negative += o.negative;
  first += o.first;
  five += o.five;
  injected += o.injected;
  rightly += o.rightly;
  silent += o.silent;
  silent_rightly += o.silent_rightly;
  loaded += o.loaded;
  loaded_rightly += o.loaded_rightly;
  reciprocal += o.reciprocal;
}

std::vector<Row> run(const Collection& collection, const route::Weights& weights, Caution caution) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < collection.prompts.size(); ++i) {
    Query query;
    query.text = collection.prompts[i].text;
    query.kinds = collection.kinds;
    query.caution = caution;
    const route::Answer answer(collection.tables, query, {}, weights);
    Row row;
    row.prompt = i;
    for (std::size_t k = 0; k < answer.order.size() && k < 30 && row.place == 0; ++k)
      if (collection.expects(i, answer.order[k].entry)) row.place = static_cast<std::uint32_t>(k + 1);
    row.signals = answer.signals;
    row.decision = answer.order.empty() ? Decision::silence : answer.decision;
    row.by_points = answer.signals.called == 0 && !answer.prompt.harness;
    rows.push_back(row);
  }
  return rows;
}

Sums sum(const Collection& collection, const std::vector<Row>& rows) {
  Sums sums;
  for (const Row& row : rows) {
    const bool positive = !collection.prompts[row.prompt].expect.empty();
    const bool silent = row.decision == Decision::silence;
    ++(positive ? sums.positive : sums.negative);
    sums.first += positive && row.place == 1;
    sums.five += positive && row.place >= 1 && row.place <= 5;
    sums.reciprocal += positive && row.place > 0 ? 1.0 / row.place : 0;
    sums.silent += silent;
    sums.silent_rightly += silent && !positive;
    sums.injected += !silent;
    sums.rightly += !silent && row.place == 1;
    sums.loaded += row.decision == Decision::load;
    sums.loaded_rightly += row.decision == Decision::load && row.place == 1;
  }
  return sums;
}

namespace {

double rate(double part, double whole) { return whole == 0 ? 0 : part / whole; }

double f_score(double precision, double recall, double beta) {
  const double b = beta * beta;
  return precision + recall == 0 ? 0 : (1 + b) * precision * recall / (b * precision + recall);
}

}  // namespace

std::string heading() {
  return "collection                 n  hit@1   in 5    mrr  abs.P  abs.R abs.F1  inj.P inj.F.5    e2e | loaded "
         "right\n";
}

std::string line(const std::string& name, const Sums& s) {
  const double p = rate(s.silent_rightly, s.silent), r = rate(s.silent_rightly, s.negative);
  const double ip = rate(s.rightly, s.injected), ir = rate(s.rightly, s.positive);
  char text[256];
  std::snprintf(text, sizeof text, "%-22s %5u %6.1f %6.1f %6.1f %6.1f %6.1f %6.1f %6.1f %7.1f %6.1f | %6u %5.1f\n",
                name.c_str(), s.positive + s.negative, 100 * rate(s.first, s.positive), 100 * rate(s.five, s.positive),
                100 * rate(s.reciprocal, s.positive), 100 * p, 100 * r, 100 * f_score(p, r, 1), 100 * ip,
                100 * f_score(ip, ir, 0.5), 100 * rate(s.rightly + s.silent_rightly, s.positive + s.negative), s.loaded,
                100 * rate(s.loaded_rightly, s.loaded));
  return text;
}

}  // namespace cascade::bench
