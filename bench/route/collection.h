// Libraries with labelled prompts, for measuring and fitting the router.
#pragma once

#include <cascade/workspace.h>

#include <string>
#include <vector>

#include "route/answer/answer.h"
#include "route/build/build.h"
#include "route/prompts.h"

namespace cascade::bench {

// One library and its prompts. `mine[i]`: entries that answer prompt i.
struct Collection {
  std::string name;
  Registry registry = Registry::build({});
  route::Counted counted;
  std::vector<evaluation::Prompt> prompts;
  std::vector<Kind> kinds;
  std::string block;
  route::Tables tables;

  void rebuild(const route::FieldWeights& fields);
  bool expects(std::size_t prompt, std::uint32_t entry) const;
};

// "NAME=ROOT:PROMPTS[+PROMPTS...][:KIND,KIND]"; of prompts that name their corpus only NAME's count, and only once a
// text.
Result<Collection> load(const std::string& word);

// Counts over prompts; rates are taken from sums.
struct Sums {
  std::uint32_t positive = 0, negative = 0, first = 0, five = 0;
  std::uint32_t injected = 0, rightly = 0, silent = 0, silent_rightly = 0, loaded = 0, loaded_rightly = 0;
  double reciprocal = 0;
  void add(const Sums& other);
};

// One prompt's place and signals, before any decision.
struct Row {
  std::size_t prompt = 0;
  std::uint32_t place = 0;
  route::Signals signals;
  Decision decision = Decision::silence;
  bool by_points = true;  // neither called by name nor written by the client
};

std::vector<Row> run(const Collection& collection, const route::Weights& weights, Caution caution = Caution::normal);
Sums sum(const Collection& collection, const std::vector<Row>& rows);
std::string heading();
std::string line(const std::string& name, const Sums& sums);

int fit(std::vector<Collection>& collections, bool fields);  // bench_route --fit, --fit-weights
int lanes(const std::vector<Collection>& collections);       // both lanes of each answer, for fitting
int signals(const std::vector<Collection>& collections);     // bench_route --signals
int try_values(std::vector<Collection>& collections, const std::string& what);  // bench_route --try=KNOB=VALUE,...
int ablate(std::vector<Collection>& collections);                               // bench_route --ablate
int latency(const std::vector<Collection>& collections, int times);             // bench_route --latency

}  // namespace cascade::bench
