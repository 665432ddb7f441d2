//! Tables that are read in from workbooks.

use crate::macros::text_enum;

text_enum! {
    /// A table that is read in.
    pub enum ImportTable {
        /// 人员.
        Staff = "staff",
        /// 岗位.
        Posts = "posts",
        /// 培训测试：一行是一个人在一次培训中的情况.
        Training = "training",
    }
}
