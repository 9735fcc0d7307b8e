//! Portolan: Wardley maps and IT estates.
