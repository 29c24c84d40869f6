#include "cli/heap.h"

namespace cascade::cli {

void expect_much_memory() noexcept {}  // the heap here takes no advice

}  // namespace cascade::cli
