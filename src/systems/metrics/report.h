// Everything that `cascade metrics` says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "metrics/assimilation.h"
#include "metrics/delivery.h"
#include "metrics/equivalents.h"
#include "metrics/figures.h"
#include "metrics/inflation.h"
#include "metrics/judge.h"
#include "metrics/outside_facts.h"

namespace cascade::metrics {

struct RepositoryRow {
  std::string name, branch, head, format;
  std::vector<Gap> gaps;
  std::vector<Figure> figures;  // of this repository alone
  std::uint64_t elsewhere = 0;  // commits that a repository before it has: they count there
};

// An amount in hundredths of whatever it is an amount of.
struct CostShare {
  std::string key;   // "per_commit"
  std::string text;  // in decimal with four places; empty: what it is shared by is none, or not known
};
struct Cost {
  std::uint64_t hundredths = 0;
  std::string source;             // "given", or where it comes from
  std::vector<CostShare> shares;  // filled in by report_of()
};

struct Report {
  std::vector<RepositoryRow> repositories;
  Range range;
  Question question;
  std::vector<Figure> figures, assimilation;
  std::vector<Equivalent> equivalents;
  Inflation inflation;
  Delivery delivery;
  std::optional<Cost> cost;
  std::vector<Judgement> judgements;

  bool is_incomplete() const;  // a total may be larger: exit 3. Shares may look at days before those asked for
};

struct Outside {
  std::optional<std::vector<MergedRequest>> forge;
  std::optional<std::vector<Deployment>> deployments;
  std::optional<Cost> cost;
  std::optional<std::vector<Claim>> claims;
};

// Consumes the histories, of which the first named one keeps what several have.
Report report_of(std::vector<History> histories, const Outside& outside, const Question& question);

}  // namespace cascade::metrics
