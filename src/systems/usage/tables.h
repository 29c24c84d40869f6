// The rows of a report: by manifest, by project, by week, and by both week and manifest.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "usage/deliveries.h"
#include "usage/figures.h"

namespace cascade::usage {

// Rows by name, made when they are first needed.
class Rows {
 public:
  Row& operator[](const std::string& name);
  std::vector<Row> by_name();    // these two empty it
  std::vector<Row> by_tokens();  // then by name

 private:
  std::map<std::string, Row> rows_;
};

class Tables {
 public:
  // What became of a section that the session was sent.
  void add(const Session& session, const Fate& fate, const Figures& figures);
  // A manifest was brought in; ignored: nothing of it was used.
  void add_load(const Session& session, const Delivery& delivery, bool ignored);
  void add_offer(const Session& session, const Named& offer, bool taken);
  void add_refusal(const Named& refusal);

  void give(Report& report);  // empties it

 private:
  // Of all time and of its week.
  std::vector<Row*> rows_of(const std::string& manifest, std::int64_t at);

  Rows manifests_, projects_, weeks_;
  std::map<std::string, Rows> by_week_;
};

}  // namespace cascade::usage
