musubi_add_fuzz_target(catalogue USES model base)
