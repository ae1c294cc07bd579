foreach(target net_request net_token form)
  musubi_add_fuzz_target(${target} USES net base)
  target_include_directories(${target}_fuzz PRIVATE ${PROJECT_SOURCE_DIR}/core/net/src)
endforeach()
