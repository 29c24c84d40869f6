// A team's facts on a server that several machines reach.
#pragma once

#include "memory/memory.h"

namespace cascade::memory {

struct Synchronised {
  std::size_t sent = 0, received = 0;
};

// Tells the server what is unsent and takes over what others wrote since. May be broken off anywhere and done again.
// `server` are the options of a store on a server; a file does as well, for tests. Errors as of store::Store.
Result<Synchronised> synchronise(Memory& memory, const store::Options& server, const std::string& team);

}  // namespace cascade::memory
