// One connection to a server, as src/lib/store/store.h uses it: questions and answers are JSON objects, one per
// line.
//
//   {"connect": "postgresql://...", "milliseconds": 5000}      {}
//   {"begin": true}                                            {}
//   {"run": "one or more statements; without values"}          {}
//   {"sql": "... $1 ... $2", "values": ["text", 12, null]}     {"columns": 2, "rows": [["a", null], ...]}
//
// A number is a BIGINT, a string a TEXT; what comes back is text. What failed is {"error": KIND, "message": ...}:
//   address      the address is none, or asks for less than it may (with "help")
//   unreachable  there is no connection, or there is none any more
//   again        another transaction was in the way: the whole of this one may be tried again
//   table        there is no such table
//   refused      whatever else the server says
#pragma once

#include <memory>
#include <string>

namespace cascade::postgres {

class Session {
 public:
  Session();
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  std::string answer(const std::string& question);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace cascade::postgres
