# src/programs/cascade/quick_start.cpp in place of the C library's start, where a program that is started by it works: it knows one
# version of one C library. Elsewhere the program starts as the C library has it, and every hook waits for that.
set(quick_start ${CMAKE_CURRENT_SOURCE_DIR}/programs/cascade/quick_start.cpp)
# Before the string functions are chosen none can be called, not even by what the compiler makes of a loop.
set(quick_start_options -fno-builtin -fno-stack-protector)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  list(APPEND quick_start_options -fno-tree-loop-distribute-patterns)
endif()
set(quick_start_wrap -Wl,--wrap=__libc_start_main)
if(NOT DEFINED CASCADE_QUICK_START)
  set(CASCADE_QUICK_START OFF)
  if(NOT CMAKE_CROSSCOMPILING)
    try_run(quick_start_ran quick_start_built
            SOURCES ${quick_start} ${PROJECT_SOURCE_DIR}/cmake/quick_start_trial.cpp
            COMPILE_DEFINITIONS ${quick_start_options}
            LINK_OPTIONS -static ${quick_start_wrap}
            CXX_STANDARD 20
            ARGS hook)
    if(quick_start_built AND quick_start_ran EQUAL 0)
      set(CASCADE_QUICK_START ON)
    endif()
  endif()
  set(CASCADE_QUICK_START ${CASCADE_QUICK_START} CACHE BOOL "Start the program without asking the processor what it is")
  message(STATUS "Quick start: ${CASCADE_QUICK_START}")
endif()
if(CASCADE_QUICK_START)
  target_sources(cascade-cli PRIVATE ${quick_start})
  target_link_options(cascade-cli PRIVATE ${quick_start_wrap})
  set_property(SOURCE ${quick_start} APPEND PROPERTY COMPILE_OPTIONS ${quick_start_options})
endif()
